import type { Lab } from './lab.ts';
import type { Paint } from './print/paint.ts';
import { printingTeller } from './print/teller.ts';
import { runStory } from './story/run-story.ts';
import { story } from './story/story.ts';
import { look } from './view/look.ts';

const EXPECTATION_MS_MAX = 15_000;

export interface Stage {
  readonly say: (line: string) => void;
  readonly paint: Paint;
  /** Aborted: the user wants to stop. */
  readonly signal: AbortSignal;
}

/** Plays the story in a lab that has just started. Returns whether every step came true. */
export async function playDemo(lab: Lab, { say, paint, signal }: Stage): Promise<boolean> {
  const beginMs = performance.now();
  const isTrue = await runStory(story(lab), {
    look: () => look(lab),
    teller: printingTeller(say, paint),
    signal,
    limitMs: EXPECTATION_MS_MAX,
  });
  say('');
  if (signal.aborted) say('Stopped in the middle of the story.');
  else if (isTrue) say(`Every step came true, in ${((performance.now() - beginMs) / 1000).toFixed(1)} s.`);
  return isTrue;
}
