import { readFileSync } from 'node:fs';
import { StartError } from '@vrouter/service-kit';

/** The text of the file that the setting `key` names. Throws `StartError` BAD_CONFIG, which tells both. */
export function readSettingFile(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new StartError('BAD_CONFIG', `${key}: cannot read ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** The same of a password, without the end of the line, which editors add. */
export function readPasswordFile(file: string, key: string): string {
  return readSettingFile(file, key).replace(/\r?\n$/, '');
}
