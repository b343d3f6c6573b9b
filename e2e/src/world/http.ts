const ANSWER_MS_MAX = 30_000;

/** The JSON that `url` answers with; an error when it is not a success or takes too long. */
export async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${url}: expected a success, got ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
