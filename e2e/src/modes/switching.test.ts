import { expect, onTestFinished, test } from 'vitest';
import { assertDeleted, assertSyncFirst } from '../checks/wire.ts';
import { portId } from '../world/oracle.ts';
import { readInterfaces } from './interfaces.ts';
import { interfaceId, NETWORK_IDS } from './open-stack.ts';
import { SwitchingSite, type HeldByMac } from './switching-site.ts';

const GONE = 'idle-2';

test('from mode to mode and back, on one state folder', { timeout: 360_000 }, async () => {
  const site = await SwitchingSite.open();
  onTestFinished(() => site.close());
  const { api, inventory } = site;
  const all = inventory.picture.vms;
  const macs = all.flatMap(({ adapters }) => adapters.map(({ mac }) => mac));
  const byMac = (entry: (mac: string) => readonly unknown[]): HeldByMac =>
    Object.fromEntries(macs.map((mac) => [mac, entry(mac)]));
  const standalone = async (): Promise<HeldByMac> =>
    Object.fromEntries(
      all.flatMap(({ adapters }) => adapters.map(({ mac, ip }) => [mac, [portId(mac), ip]])),
    );
  const addresses: Record<string, unknown> = {};
  const mirrored = async (): Promise<HeldByMac> => {
    for (const {
      mac,
      addresses: [address],
      creator,
    } of await readInterfaces(api))
      if (creator === 'vcenter-plugin') addresses[mac] = address;
    return byMac((mac) => [portId(mac), addresses[mac]]);
  };
  const count = async (): Promise<readonly number[]> =>
    Object.values(await site.objects('ours')).map((objects) => objects.length);

  await site.start('standalone');
  await site.holds(standalone, 'ip-address');
  const foreign = await site.objects('others');

  // The ids stay, the addresses are the config API's now: each port is deleted, then added.
  await site.stop();
  await site.start('vcenter-only');
  await site.mirrored();
  await site.holds(mirrored, 'ip-address');
  expect(await count()).toEqual([2, 0, 4, 4]);
  const before = { ...addresses };
  expect(Object.values(before).every((address) => String(address).startsWith('10.7.'))).toBe(true);
  for (const requests of await site.requests()) {
    assertSyncFirst(requests);
    expect(requests.filter(({ operation }) => operation === 'delete')).toHaveLength(2);
  }

  // Other ids: the old ones are deleted, and nothing is written to the config API.
  await site.stop();
  await inventory.removeVm(GONE);
  await site.start('vcenter-as-compute');
  await site.holds(async () => byMac((mac) => [interfaceId(mac), NETWORK_IDS['blue']]), 'vn-id');
  const [first = [], second = []] = await site.requests();
  const idsOn = (host: string): readonly string[] =>
    all.filter((vm) => vm.host === host).flatMap(({ adapters }) => adapters.map(({ mac }) => portId(mac)));
  assertDeleted(first, idsOn('esx-1'));
  assertDeleted(second, idsOn('esx-2'));
  expect(await api.changesOfOthers()).toBe(0);
  expect(await count()).toEqual([2, 0, 4, 4]);

  // Back: what was ours is found, with the addresses it had; what is of a VM that went meanwhile is taken away.
  await site.stop();
  await site.start('vcenter-only');
  await site.mirrored();
  await site.holds(mirrored, 'ip-address');
  expect(addresses).toEqual(before);
  expect(await count()).toEqual([2, 0, 3, 3]);

  await site.stop();
  await site.start('standalone');
  await site.holds(standalone, 'ip-address');
  expect(await api.requests()).toEqual({});
  expect(await site.objects('others')).toEqual(foreign);
});
