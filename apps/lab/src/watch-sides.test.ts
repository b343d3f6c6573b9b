import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { plain } from './print/paint.ts';
import { agentPort, runningAgent } from './testing/snapshots.ts';
import type { Snapshot } from './view/snapshot.ts';
import { watchSides } from './watch-sides.ts';

function world(...vms: readonly string[]): Snapshot {
  return {
    agents: [
      runningAgent(
        'agent-1',
        vms.map((vm) => agentPort(vm)),
      ),
    ],
    plugin: undefined,
  };
}

test('a state is shown once, when it has lasted for two looks; what passes in between is not', async () => {
  const looks = [world('a'), world('a'), world('a'), world('a', 'b'), world('c'), world('c'), world('c')];
  const said: string[] = [];
  const stop = new AbortController();
  let count = 0;
  const watching = watchSides({
    look: async () => looks[Math.min(count++, looks.length - 1)] ?? world(),
    say: (line) => said.push(line),
    paint: plain,
    signal: stop.signal,
    everyMs: 1,
  });
  await waitFor(() => count > looks.length + 1, { what: 'all looks' });
  stop.abort();
  await watching;
  const shown = said.flatMap((line) => /address of (\w)/.exec(line)?.[1] ?? []);
  expect(shown).toEqual(['a', 'c']);
  expect(said.filter((line) => line.trimStart().startsWith('>'))).toHaveLength(1);
});
