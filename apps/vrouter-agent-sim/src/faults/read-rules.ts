import { readFileSync } from 'node:fs';
import { StartError } from '@vrouter/service-kit';
import { z } from 'zod';
import { RuleSet } from './rules.ts';

/** The rules in `file`, JSON as for `PUT /admin/faults`. Throws `StartError` BAD_CONFIG. */
export function readRules(file: string): RuleSet {
  try {
    return RuleSet.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; ')
        : (error as Error).message;
    throw new StartError('BAD_CONFIG', `The faults in ${file} are not usable: ${reason}`, { cause: error });
  }
}
