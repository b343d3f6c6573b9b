import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { wait } from '../wait.ts';

const MS_MAX = 3_600_000;
const Ms = z.number().min(0).max(MS_MAX);

/** The request is carried out later: after `ms`, after some time in a range, or around a mean. In the agent's time. */
export const delay = defineFault(
  'delay',
  z.union(
    [
      z.strictObject({ ms: Ms }),
      z.strictObject({ minMs: Ms, maxMs: Ms }),
      z.strictObject({ meanMs: Ms, deviationMs: Ms }),
    ],
    { error: `expected ms, or minMs and maxMs, or meanMs and deviationMs, each from 0 to ${MS_MAX}` },
  ),
  (settings, { clock, random, signal }) => ({
    http: async (next) => {
      await wait(clock, delayMs(settings, random), signal);
      return next();
    },
  }),
);

type Settings =
  | { readonly ms: number }
  | { readonly minMs: number; readonly maxMs: number }
  | { readonly meanMs: number; readonly deviationMs: number };

function delayMs(settings: Settings, random: () => number): number {
  if ('ms' in settings) return settings.ms;
  if ('minMs' in settings) return settings.minMs + random() * (settings.maxMs - settings.minMs);
  return Math.max(0, settings.meanMs + settings.deviationMs * normal(random));
}

/** Mean 0, deviation 1 (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
