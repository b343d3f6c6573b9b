import { ConfigApiClientError } from '../errors.ts';
import type { TlsOptions } from '../http/tls.ts';

export interface KeystoneOptions {
  /** With the version of its API: `http://HOST:5000/v3`, `http://HOST:5000/v2.0`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The project, or tenant, to act for. */
  readonly project: string;
  /** Version 3 only: the domain of user and project. Default `Default`. */
  readonly domain?: string;
  readonly tls?: TlsOptions;
}

export interface KeystoneAddress {
  readonly origin: string;
  /** Up to and with the version, without a slash at the end. */
  readonly path: string;
  readonly version: 2 | 3;
}

/** Throws BAD_KEYSTONE_URL. */
export function parseKeystoneUrl(text: string): KeystoneAddress {
  const url = URL.parse(text);
  const path = url?.pathname.replace(/\/$/, '');
  const version = /\/v(2\.0|3)$/.exec(path ?? '')?.[1];
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  const isBare = url?.search === '' && url.hash === '' && url.username === '';
  if (url === null || path === undefined || version === undefined || !isHttp || !isBare) {
    throw new ConfigApiClientError(
      'BAD_KEYSTONE_URL',
      `Expected the URL of Keystone, got ${JSON.stringify(text)}`,
    );
  }
  return { origin: url.origin, path, version: version === '3' ? 3 : 2 };
}
