import { createHash } from 'node:crypto';
import type { Flow } from '../flows/flow.ts';
import { pack } from './message.ts';
import { encodeRule } from './rule.ts';

/** In front of the cookie of each flow of ours. */
const PREFIX = '7672';
const DIGEST_DIGITS = 12;

/**
 * A number made of all that the flow says: two flows are the same iff their cookies are. So what is installed is known
 * by its cookies, without reading rules back.
 */
export function cookieOf(flow: Flow): bigint {
  const rule = Buffer.concat([pack([1, flow.table], [2, flow.priority]), encodeRule(flow)]);
  const digest = createHash('sha256').update(rule).digest('hex');
  return BigInt(`0x${PREFIX}${digest.slice(0, DIGEST_DIGITS)}`);
}
