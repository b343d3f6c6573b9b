import { saveEvidence } from '../checks/evidence.ts';
import { Arena } from './arena.ts';
import { chosenPoints, missedRequests, passedPoints, passingOf, type Choice } from './points.ts';
import type { Story } from './story.ts';

/** Of the points that are no first passing, this share at least must be passed again: more is not a matter of timing. */
const PASSED_AGAIN_MIN = 0.75;

export interface CampaignOptions extends Choice {
  /** Arenas side by side. */
  readonly jobs: number;
  readonly say: (line: string) => void;
}

export interface Outcome {
  readonly points: number;
  readonly crashes: number;
}

/**
 * Kills the plugin at every point of a story, each in a telling of its own. Throws when something did not converge, or the
 * story lacks a request that it should have; the evidence stays in the folder that the error names.
 */
export async function crashEverywhere(
  open: () => Promise<Story>,
  options: CampaignOptions,
): Promise<Outcome> {
  const points = await listPoints(open, options);
  const left = [...points];
  const died: boolean[] = [];
  const jobs = Array.from({ length: Math.min(options.jobs, points.length) }, () =>
    inArena(open, (arena) => crashAtEach(arena, left, died, options.say)),
  );
  // All are waited for, so that none is left running when one has failed.
  for (const job of await Promise.allSettled(jobs)) if (job.status === 'rejected') throw job.reason;
  const crashes = died.filter(Boolean).length;
  if (crashes < points.length * PASSED_AGAIN_MIN)
    throw new Error(`of ${points.length} points that were passed once, ${crashes} were passed again`);
  return { points: points.length, crashes };
}

/** The points of a story, from a telling of it in which nobody dies. */
export async function listPoints(
  open: () => Promise<Story>,
  { say, ...choice }: Omit<CampaignOptions, 'jobs'>,
): Promise<readonly string[]> {
  return inArena(open, async (arena, story) => {
    const points = passedPoints((await arena.tell('trace')).log);
    const missed = missedRequests(points, story.requests);
    if (missed.length > 0) throw new Error(`the story goes without ${missed.join(', ')}`);
    return chosenPoints(points, choice, say);
  });
}

/** How often a request is repeated is a matter of timing, whether it is sent at all is not: the first passing must come. */
async function crashAtEach(
  arena: Arena,
  left: string[],
  crashes: boolean[],
  say: (line: string) => void,
): Promise<void> {
  for (let point = left.shift(); point !== undefined; point = left.shift()) {
    const { died } = await arena.tell(point).catch((error: unknown) => {
      left.length = 0;
      throw new Error(`${point}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    });
    if (!died && passingOf(point) === 1) throw new Error(`${point}: it was passed once, and not again`);
    crashes.push(died);
    say(died ? `converged ${point}` : `not passed this time: ${point}`);
  }
}

async function inArena<T>(
  open: () => Promise<Story>,
  act: (arena: Arena, story: Story) => Promise<T>,
): Promise<T> {
  const story = await open();
  try {
    const result = await act(await Arena.open(story), story);
    await story.world.close();
    story.world.remove();
    return result;
  } catch (error) {
    await saveEvidence(story.world, String(error));
    await story.world.close();
    const { folder } = story.world;
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(`${text}\nlogs, requests and states: ${folder}`, { cause: error });
  }
}
