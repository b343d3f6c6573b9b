import { saveEvidence } from '../checks/evidence.ts';
import { Arena } from './arena.ts';
import { missedRequests, passedPoints } from './points.ts';
import type { Story } from './story.ts';

export interface CampaignOptions {
  /** Points whose name contains it. */
  readonly only: string;
  /** Arenas side by side. */
  readonly jobs: number;
  readonly say: (line: string) => void;
}

/**
 * Kills the plugin at every point of a story, each in a telling of its own. Throws when something did not converge, or the
 * story lacks a request that it should have; the evidence stays in the folder that the error names. Returns how many points.
 */
export async function crashEverywhere(open: () => Promise<Story>, options: CampaignOptions): Promise<number> {
  const points = await listPoints(open, options.only);
  const left = [...points];
  const jobs = Array.from({ length: Math.min(options.jobs, points.length) }, () =>
    inArena(open, (arena) => crashAtEach(arena, left, options.say)),
  );
  // All are waited for, so that none is left running when one has failed.
  for (const job of await Promise.allSettled(jobs)) if (job.status === 'rejected') throw job.reason;
  return points.length;
}

/** The points of a story, from a telling of it in which nobody dies. */
export async function listPoints(open: () => Promise<Story>, only: string): Promise<readonly string[]> {
  return inArena(open, async (arena, story) => {
    const points = passedPoints((await arena.tell('trace')).log);
    const missed = missedRequests(points, story.requests);
    if (missed.length > 0) throw new Error(`the story goes without ${missed.join(', ')}`);
    return points.filter((point) => point.includes(only));
  });
}

async function crashAtEach(arena: Arena, left: string[], say: (line: string) => void): Promise<void> {
  for (let point = left.shift(); point !== undefined; point = left.shift()) {
    const { died } = await arena.tell(point).catch((error: unknown) => {
      left.length = 0;
      throw new Error(`${point}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    });
    if (!died) throw new Error(`${point}: it was passed once, and not again`);
    say(`converged ${point}`);
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
