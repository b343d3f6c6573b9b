import { matcher, type Fault, type Which } from './fault.ts';

/** These answers break off in the middle: with half of them under way, or with nothing. */
export function cutAnswer(which: Which, part: 'nothing' | 'half' = 'half'): Fault {
  const matches = matcher(which);
  return {
    cutAfter(call, { body }) {
      if (!matches(call)) return undefined;
      return part === 'half' ? Math.floor(body.length / 2) : 0;
    },
  };
}
