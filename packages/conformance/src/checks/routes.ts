import { badFields, exactError, refused, type Reply } from '../expected/reply.ts';
import type { ByProfile } from '../profiles.ts';

/** Neither path nor method is anybody's. */
export const UNKNOWN_ROUTE: ByProfile<Reply> = {
  real: exactError('Unknown Request', 404),
  blueprint: refused(404),
};

/** The id in the path is none. */
export const BAD_PATH_ID: ByProfile<Reply> = {
  real: exactError('Unknown Request', 404),
  blueprint: badFields('id'),
};

/** GET of a port that the agent does not have, or will not tell of. */
export const GET_UNKNOWN: ByProfile<Reply> = {
  real: exactError('{ Not Found }', 404),
  blueprint: refused(404),
};

/** Enable or disable of a port that the agent does not have. */
export function linkUnknown(id: string): ByProfile<Reply> {
  return { tf: exactError(`{Port Not found ${id}}`), blueprint: refused(404) };
}
