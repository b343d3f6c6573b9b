import { mkdirSync } from 'node:fs';
import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { heldInFiles, heldInTable } from '../checks/held.ts';
import { watchLivePorts } from '../checks/live-ports.ts';
import { settled } from '../checks/settled.ts';
import { mark, requestsSince } from '../checks/wire.ts';
import { addPorts } from '../world/triggers.ts';
import { disksMissing, makeReadOnly, mountSmallDisk } from './disks.ts';
import { FAULT_TEST, faultWorld } from './fault-world.ts';

test.skipIf(disksMissing()).for(['full', 'read-only'] as const)(
  '%s disk under an agent: 500, nothing changed, recovers',
  FAULT_TEST,
  async (how) => {
    const world = await faultWorld();
    const [agent] = world.agents;
    const disk = mountSmallDisk(agent.stateDir);
    mkdirSync(agent.portsDir);
    await world.start();
    await settled(world);
    const watch = await watchLivePorts(world);
    const before = await heldInTable(agent);
    const since = await mark(agent);

    const mend = how === 'full' ? disk.free : makeReadOnly(agent.stateDir);
    if (how === 'full') disk.fill();
    const [id = ''] = await addPorts(world, ['guest-1a']);
    await waitFor(async () => (await world.plugin.introspect.retries()).some(({ portId }) => portId === id), {
      what: 'the refused add on the retry list',
    });
    const answers = (await requestsSince(agent, since)).filter(({ portIds }) => portIds.includes(id));
    expect([...new Set(answers.map(({ operation, status }) => `${operation} ${status}`))]).toEqual([
      'add 500',
    ]);
    expect(await heldInTable(agent)).toEqual(before);
    mend();

    await settled(world);
    expect(Object.keys(heldInFiles(agent))).toContain(id);
    await watch.assertUndisturbed();
  },
);
