import { attacksOf, type Attack } from './attacks/attack.ts';
import { strike } from './strike.ts';
import type { Target } from './target.ts';

/** How many attacks go on at a time. */
const AT_A_TIME = 16;
/** After so many rounds of attacks all stand back, and the agent is looked at. */
const ROUNDS_PER_CHECK = 10;

export interface FuzzOptions {
  readonly seed: number;
  /** Whether that was enough; asked before each round. */
  readonly isEnough: (attackCount: number) => boolean;
  /** No more than this. Default: no limit. */
  readonly attacksMax?: number;
  /** Told after each look at the agent that found nothing. */
  readonly onChecked?: (attackCount: number) => void;
}

export interface FuzzResult {
  /** Attacks that were begun. */
  readonly attackCount: number;
  /** What they found; undefined: nothing. */
  readonly finding: string | undefined;
}

/** Attacks `target`, round after round, until it is enough or something is found. */
export async function fuzz(target: Target, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, isEnough, attacksMax = Infinity, onChecked } = options;
  let attackCount = 0;
  try {
    for (let round = 0; !isEnough(attackCount) && attackCount < attacksMax; round += 1) {
      const attacks = attacksOf(seedOf(seed, round)).slice(0, attacksMax - attackCount);
      attackCount += attacks.length;
      await strikeAll(target, attacks);
      if (round % ROUNDS_PER_CHECK !== ROUNDS_PER_CHECK - 1) continue;
      await target.check();
      onChecked?.(attackCount);
    }
    await target.check();
    return { attackCount, finding: undefined };
  } catch (error) {
    return { attackCount, finding: (error as Error).message };
  }
}

/** Throws an Error for the first that found something. */
async function strikeAll(target: Target, attacks: readonly Attack[]): Promise<void> {
  const waiting = [...attacks];
  const worker = async (): Promise<void> => {
    for (let attack = waiting.shift(); attack !== undefined; attack = waiting.shift()) {
      if (target.trouble !== undefined) throw new Error(target.trouble);
      const finding = await strike(attack, target.url(attack.target));
      if (finding === undefined) continue;
      waiting.length = 0;
      throw new Error(`${target.trouble ?? finding}\nattack: ${JSON.stringify(attack).slice(0, 4000)}`);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: AT_A_TIME }, worker));
  const failed = outcomes.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Far apart, so that neighbouring seeds share no round. */
function seedOf(seed: number, round: number): number {
  return (seed ^ Math.imul(round, 0x9e3779b1)) | 0;
}
