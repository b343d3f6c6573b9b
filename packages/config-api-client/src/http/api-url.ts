import { ConfigApiClientError } from '../errors.ts';

/** The origin of the config API at `text`. Throws BAD_URL for anything but the root of an HTTP server. */
export function parseApiUrl(text: string): string {
  const url = URL.parse(text);
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === null || !isHttp || url.href !== `${url.origin}/` || /[?#]$/.test(text)) {
    throw new ConfigApiClientError(
      'BAD_URL',
      `Expected the URL of a config API, got ${JSON.stringify(text)}`,
    );
  }
  return url.origin;
}
