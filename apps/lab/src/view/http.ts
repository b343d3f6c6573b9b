const ANSWER_MS_MAX = 2_000;

/** The JSON that `url` answers with. An error when that is no success, or takes too long. */
export async function getJson<T>(url: string): Promise<T> {
  return JSON.parse(await send('GET', url)) as T;
}

/** Sends `body` as JSON. An error when the answer is no success, or takes too long. */
export async function sendJson(method: 'POST' | 'PUT', url: string, body?: unknown): Promise<void> {
  await send(method, url, body);
}

async function send(method: string, url: string, body?: unknown): Promise<string> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: expected a success, got ${response.status} ${text}`);
  return text;
}
