import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { OK, onBothServers } from '../../testing/fault-bench.ts';

test('nobody is answered until it thaws, and the admin API lives on', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: 'freeze' });
    const answered = Promise.all([bench.add(), bench.agent.call('POST', '/syncports')]);
    await waitFor(async () => (await bench.report())[0]?.fired === 2, { what: 'both to wait' });
    expect(await bench.agent.state()).toMatchObject({ generation: 0, ports: [] });
    await bench.disarm();
    expect(await answered).toEqual([OK, OK]);
  }));

test('an agent that is frozen can be stopped', () =>
  onBothServers(async (bench) => {
    await bench.arm({ action: 'freeze' });
    const answered = bench.add();
    await waitFor(async () => (await bench.report())[0]?.fired === 1, { what: 'it to wait' });
    await bench.agent.stop();
    expect(await answered).toMatchObject({ status: expect.any(Number) });
  }));
