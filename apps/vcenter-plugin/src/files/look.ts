import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

const SIZE_BYTES_MAX = 64 * 1024 * 1024;

/** What one look at a file found: its text, or why there is none. */
export type Look = { readonly fingerprint: string } & (
  { readonly text: string } | { readonly text: undefined; readonly error: Error }
);

/** Reads the file in `path`. Never throws: what is wrong with it is part of the answer. */
export async function lookAt(path: string): Promise<Look> {
  try {
    const { size } = await stat(path);
    if (size > SIZE_BYTES_MAX) throw new Error(`it has ${size} bytes, more than ${SIZE_BYTES_MAX}`);
    const text = await readFile(path, 'utf8');
    return { fingerprint: createHash('sha256').update(text).digest('hex'), text };
  } catch (error) {
    const { message } = error as Error;
    return { fingerprint: message, text: undefined, error: error as Error };
  }
}
