import { expect, test } from 'vitest';
import { settled } from '../checks/settled.ts';
import { vmOf } from '../world/picture.ts';
import { dataPlaneMissing } from './available.ts';
import { DATA_PLANE_TEST, pingBetween, runningWorld } from './testing.ts';

const RATE = 50;

test.skipIf(dataPlaneMissing())(
  'a machine that moves is reached on its new host, and others never notice',
  DATA_PLANE_TEST,
  async () => {
    const { world, wire } = await runningWorld();
    await world.inventory.powerOn('guest-1a');
    await world.inventory.powerOn('guest-1b');
    await settled(world);
    const moving = pingBetween(wire, 'resident-2', 'guest-1a', RATE);
    const others = pingBetween(wire, 'resident-1', 'guest-1b', RATE);
    await Promise.all([moving.answers(RATE), others.answers(RATE)]);

    const [, second] = world.picture.hosts;
    const moved = { ...vmOf(world.picture, 'guest-1a'), host: second ?? '' };
    await world.inventory.createVm(moved);
    await settled(world);
    await moving.moreAnswers(RATE);

    const { sent, answered } = await others.stop();
    expect(answered).toBe(sent);
    const { gapMsMax } = await moving.stop();
    expect(gapMsMax).toBeLessThan(Infinity);
    process.stdout.write(`vMotion: longest interruption ${gapMsMax} ms\n`);
  },
);
