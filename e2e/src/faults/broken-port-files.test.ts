import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heldInTable } from '../checks/held.ts';
import { settled } from '../checks/settled.ts';
import { addPorts } from '../world/triggers.ts';
import { FAULT_TEST, steadyWorld } from './fault-world.ts';

const OTHER_IDS = ['a', 'b', 'c', 'd'].map((digit) => `5029e6c4-fa3c-8ae0-d8b3-00000000000${digit}`);

test(
  'broken port files at the start of an agent stop no other port, and are put aside',
  FAULT_TEST,
  async () => {
    const world = await steadyWorld();
    const [agent] = world.agents;
    const [victim = ''] = await addPorts(world, ['guest-1a']);
    await settled(world);
    const before = await heldInTable(agent);
    // In order, so that nothing but its file knows the port.
    await agent.end('stop');

    // One port's own file is cut short; besides, files that never were ports.
    const text = readFileSync(join(agent.portsDir, victim), 'utf8');
    writeFileSync(join(agent.portsDir, victim), text.slice(0, text.length / 2));
    const [empty = '', notJson = '', noPort = '', binary = ''] = OTHER_IDS;
    writeFileSync(join(agent.portsDir, empty), '');
    writeFileSync(join(agent.portsDir, notJson), 'id: 1');
    writeFileSync(join(agent.portsDir, noPort), JSON.stringify({ id: noPort, type: 2 }));
    writeFileSync(join(agent.portsDir, binary), Buffer.from([0xff, 0xfe, 0, 1]));
    await world.plugin.end('stop');
    await agent.start();

    const { [victim]: _lost, ...others } = before;
    expect(await heldInTable(agent)).toEqual(others);
    expect(Object.keys(agent.files()).sort()).toEqual(Object.keys(others).sort());
    for (const name of [victim, ...OTHER_IDS]) expect(agent.log()).toContain(name);

    // The plugin heals what was lost.
    await world.startPlugin();
    await settled(world);
  },
);
