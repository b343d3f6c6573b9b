import type { ConfigApiClient } from '@vrouter/config-api-client';
import { createLogger } from '@vrouter/service-kit';
import { manualClock } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { NETWORK_ID } from '../../binding/testing/inventory.ts';
import type { AgentsView } from '../agents-view.ts';
import { FollowedPicture } from '../followed-picture.ts';
import { ID_PERMS, PROJECT } from '../names.ts';
import { asRead } from './as-read.ts';
import { Reconciler } from './reconciler.ts';

const AGENTS: AgentsView = {
  holds: () => undefined,
  desired: () => undefined,
  suspect: () => undefined,
  isBraked: () => false,
  placeOf: () => undefined,
  agentAt: () => undefined,
};

test('an IP pool of no use is told, and costs nothing when agents answer', async () => {
  const clock = manualClock();
  const picture = new FollowedPicture();
  const object = {
    uuid: NETWORK_ID,
    fq_name: [...PROJECT, 'blue'],
    display_name: 'blue',
    id_perms: ID_PERMS,
  };
  picture.put('virtual-network', asRead('virtual-network', object));
  let changes = 0;
  const reconciler = new Reconciler({
    api: {} as ConfigApiClient,
    picture,
    agents: AGENTS,
    clock,
    log: createLogger('test', 'silent'),
    concurrency: 1,
    brake: { count: 20, share: 0.5, holdMs: 1_000 },
    signal: new AbortController().signal,
    onChange: () => (changes += 1),
    onDoubt: () => undefined,
  });
  const network = {
    uuid: NETWORK_ID,
    name: 'blue',
    create: true,
    addresses: undefined,
    problem: 'it is bad',
  };
  reconciler.want({ networks: new Map([[NETWORK_ID, network]]), machines: new Map() });
  await clock.advance(1_000);
  expect(reconciler.problems()).toEqual([
    { subject: 'network blue', text: 'network blue has no subnet from vCenter: it is bad' },
  ]);
  const before = changes;
  for (let answers = 0; answers < 10; answers += 1) {
    reconciler.progress();
    await clock.advance(1_000);
  }
  expect(changes).toBe(before);
  expect(reconciler.pending).toBe(0);
  await reconciler.stop();
});

test.each([
  ['Parent default-domain:vCenter type project does not exist', 1],
  ['Unknown reference in resource create', 1],
  ['Virtual-Network is out of addresses', 0],
])('"%s" makes it doubt what it knows %i times', async (message, doubts) => {
  const clock = manualClock();
  let doubted = 0;
  const create = async (): Promise<unknown> => ({ kind: 'refused', status: 400, message });
  const reconciler = new Reconciler({
    api: { create } as unknown as ConfigApiClient,
    picture: new FollowedPicture(),
    agents: AGENTS,
    clock,
    log: createLogger('test', 'silent'),
    concurrency: 1,
    brake: { count: 20, share: 0.5, holdMs: 1_000 },
    signal: new AbortController().signal,
    onChange: () => undefined,
    onDoubt: () => (doubted += 1),
  });
  const network = { uuid: NETWORK_ID, name: 'blue', create: true, addresses: undefined, problem: undefined };
  reconciler.want({ networks: new Map([[NETWORK_ID, network]]), machines: new Map() });
  await clock.advance(1);
  expect(reconciler.problems()).toEqual([{ subject: 'network blue', text: message }]);
  expect(doubted).toBe(doubts);
  await reconciler.stop();
});
