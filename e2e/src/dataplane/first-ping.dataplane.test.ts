import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { portId } from '../world/oracle.ts';
import { vmOf } from '../world/picture.ts';
import { dataPlaneMissing } from './available.ts';
import { DATA_PLANE_TEST, pingBetween, runningWorld } from './testing.ts';

const ROUNDS = 15;
/** Fine enough to see when the first one passes. */
const RATE = 200;

test.skipIf(dataPlaneMissing())(
  'the first ping passes soon after the answer to an enable',
  DATA_PLANE_TEST,
  async () => {
    const { world, wire } = await runningWorld();
    await world.plugin.end('stop');
    const [agent] = world.agents;
    const id = portId(vmOf(world.picture, 'resident-1').adapters[0]?.mac ?? '');
    const put = async (what: string): Promise<void> => {
      const { status } = await fetch(`${agent.url}/${what}/${id}?type=2`, { method: 'PUT' });
      expect(status).toBe(200);
    };
    // Nobody has to be asked for a MAC while the port is disabled: that would be asked for again only a second later.
    await wire.hypervisor.knowEachOther(['resident-1', 'resident-2']);
    const stream = pingBetween(wire, 'resident-1', 'resident-2', RATE);
    await stream.answers(1);

    const delaysMs: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await put('disable-port');
      await waitFor(() => stream.quietMs() > 100, { what: 'no more answers' });
      await put('enable-port');
      const enabledMs = performance.now();
      await stream.moreAnswers(1);
      delaysMs.push(stream.firstAnswerAfterMs(enabledMs) - enabledMs);
    }
    const sorted = delaysMs.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(ROUNDS / 2)] ?? NaN;
    process.stdout.write(
      `first ping after the answer: median ${median.toFixed(0)} ms of ${ROUNDS} (most ${sorted.at(-1)?.toFixed(0)} ms)\n`,
    );
    expect(delaysMs).toHaveLength(ROUNDS);
  },
);
