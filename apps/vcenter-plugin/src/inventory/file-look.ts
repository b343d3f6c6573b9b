import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { parseInventoryFile } from './file-parse.ts';
import type { InventoryState } from './model.ts';

const SIZE_BYTES_MAX = 64 * 1024 * 1024;

/** What one look at the file found. */
export interface Look {
  /** Tells it from what another look found. */
  readonly fingerprint: string;
  /** What it means; parses the file. */
  stateOf(): InventoryState;
}

/** Reads the inventory file in `path`; whatever is wrong with it becomes a state that says so. */
export async function look(path: string): Promise<Look> {
  const unusable = (error: unknown): InventoryState => ({
    complete: false,
    reason: `inventory file ${path} is not usable: ${(error as Error).message}`,
  });
  try {
    const { size } = await stat(path);
    if (size > SIZE_BYTES_MAX) throw new Error(`it has ${size} bytes, more than ${SIZE_BYTES_MAX}`);
    const text = await readFile(path, 'utf8');
    return {
      fingerprint: createHash('sha256').update(text).digest('hex'),
      stateOf() {
        try {
          return { complete: true, inventory: parseInventoryFile(text) };
        } catch (error) {
          return unusable(error);
        }
      },
    };
  } catch (error) {
    return { fingerprint: (error as Error).message, stateOf: () => unusable(error) };
  }
}
