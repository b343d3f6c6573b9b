import { vcenterSimMissing } from '@vrouter/testkit';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import type { ActionGroup } from './action.ts';
import { declared, play } from './play.ts';
import type { Stage } from './stage/stage.ts';

/** Far above what anything takes on a loaded machine; the first stage may have to build the simulator. */
const STAGE_MS_MAX = 400_000;
const ACTION_MS_MAX = 240_000;

/**
 * A test for every action of `groups`, in turn, on one stage for the calling file. Nobody knows in what state a failed one
 * leaves it, so the next gets another.
 */
export function testActions(groups: readonly ActionGroup[], openStage: () => Promise<Stage>): void {
  const missing = vcenterSimMissing();
  let stage: Stage | undefined;
  beforeAll(async () => {
    if (!missing) stage = await openStage();
  }, STAGE_MS_MAX);
  afterAll(() => stage?.close(), STAGE_MS_MAX);

  for (const action of groups.flatMap(({ actions }) => actions)) {
    test.skipIf(missing)(action.name, { timeout: ACTION_MS_MAX }, async () => {
      const used = (stage ??= await openStage());
      onTestFailed(async () => {
        stage = undefined;
        await used.close();
      });
      expect(await play(used, action)).toEqual(declared(action));
    });
  }
}
