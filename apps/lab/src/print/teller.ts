import type { Teller } from '../story/run-story.ts';
import type { Snapshot } from '../view/snapshot.ts';
import { bothSides } from './both-sides.ts';
import type { Paint } from './paint.ts';

/** Tells the story line by line. */
export function printingTeller(say: (line: string) => void, paint: Paint): Teller {
  let before: Snapshot | undefined;
  const showSides = (snapshot: Snapshot): void => {
    say('');
    for (const line of bothSides(snapshot, { before, paint })) say(`    ${line}`);
    before = snapshot;
  };
  return {
    begins({ title, tells }, number, count) {
      say(`\n${paint('strong', `${number}/${count} ${title}`)}\n    ${tells}`);
    },
    cameTrue: ({ says }) => say(`    ${paint('good', '✓')} ${says}`),
    ended: showSides,
    failed({ step, expected, seen, snapshot }) {
      say(`    ${paint('bad', '✗')} step "${step.title}" did not come true`);
      say(`      expected: ${expected}`);
      say(`      seen:     ${seen}`);
      if (snapshot !== undefined) showSides(snapshot);
    },
  };
}
