import { readFileSync } from 'node:fs';
import { ConformanceError } from '../errors.ts';
import type { ClientTls } from '../wire/address.ts';

const FLAGS = { ca: '--ca', cert: '--client-cert', key: '--client-key' } as const;

/** What is in the files that the flags name. Throws USAGE. */
export function readClientTls(files: Readonly<Record<keyof typeof FLAGS, string | undefined>>): ClientTls {
  const { ca, cert, key } = files;
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConformanceError('USAGE', '--client-cert and --client-key go together');
  }
  return {
    ...(ca !== undefined && { ca: read('ca', ca) }),
    ...(cert !== undefined && { cert: read('cert', cert) }),
    ...(key !== undefined && { key: read('key', key) }),
  };
}

function read(name: keyof typeof FLAGS, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConformanceError('USAGE', `${FLAGS[name]}: ${(cause as Error).message}`, { cause });
  }
}
