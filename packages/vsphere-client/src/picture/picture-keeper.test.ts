import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ObjectUpdate } from '../decode/object-update.ts';
import { PictureKeeper } from './picture-keeper.ts';

const enterHost = (ref: string, name = ref): ObjectUpdate => ({
  of: 'hosts',
  kind: 'enter',
  ref,
  fields: { name },
});
const enterVm = (ref: string, fields = {}): ObjectUpdate => ({ of: 'vms', kind: 'enter', ref, fields });
const leave = (ref: string): ObjectUpdate => ({ of: 'hosts', kind: 'leave', ref, fields: {} });

function read(keeper: PictureKeeper, updates: readonly ObjectUpdate[]): void {
  keeper.beginRead();
  keeper.apply(updates);
  keeper.endRead();
}

test('a change of something that never entered does not add up', () => {
  const keeper = new PictureKeeper();
  const update = { of: 'hosts', kind: 'modify', ref: 'host-1', fields: { name: 'a' } } as const;
  expect(keeper.apply([update])).toBe(false);
  expect(keeper.picture().hosts.size).toBe(0);
});

test('a change of something that only the last session saw does not add up', () => {
  const keeper = new PictureKeeper();
  read(keeper, [enterHost('host-1')]);
  keeper.beginRead();
  expect(keeper.apply([{ of: 'hosts', kind: 'modify', ref: 'host-1', fields: { name: 'b' } }])).toBe(false);
});

test('coming and going in one moment does not add up, going and coming does', () => {
  expect(new PictureKeeper().apply([enterHost('host-1'), leave('host-1')])).toBe(false);
  expect(new PictureKeeper().apply([leave('host-1'), enterHost('host-1')])).toBe(true);
});

test('the end of a read takes away what was not seen, and nothing before', () => {
  const keeper = new PictureKeeper();
  read(keeper, [enterHost('host-1'), enterHost('host-2')]);
  keeper.beginRead();
  keeper.apply([enterHost('host-2')]);
  expect([...keeper.picture().hosts.keys()]).toEqual(['host-1', 'host-2']);
  keeper.endRead();
  expect([...keeper.picture().hosts.keys()]).toEqual(['host-2']);
});

test('reading the same again is no change', () => {
  const keeper = new PictureKeeper();
  const all = [enterHost('host-1'), enterVm('vm-1', { name: 'web', adapters: [] })];
  read(keeper, all);
  const before = keeper.picture();
  read(keeper, all);
  expect(keeper.picture()).toBe(before);
});

test('a picture never changes once it was shown', () => {
  const keeper = new PictureKeeper();
  read(keeper, [enterHost('host-1')]);
  const before = keeper.picture();
  keeper.apply([enterHost('host-2'), enterVm('vm-1')]);
  expect([...before.hosts.keys()]).toEqual(['host-1']);
  expect(keeper.picture().networks).toBe(before.networks);
});

test('a configuration that cannot be read just now stays what it was', () => {
  const keeper = new PictureKeeper();
  const adapters = [
    { key: 4000, mac: '00:50:56:bf:7d:a1', connected: true, portGroupKey: 'p', networkRef: undefined },
  ];
  const guest = [{ mac: '00:50:56:bf:7d:a1', addresses: ['10.0.0.5'] }];
  read(keeper, [
    enterVm('vm-1', { instanceUuid: 'u', template: false, adapters, guest, power: 'poweredOn' }),
  ]);
  read(keeper, [enterVm('vm-1', { power: 'poweredOn' })]);
  expect(keeper.picture().vms.get('vm-1')).toMatchObject({ instanceUuid: 'u', adapters, guest: [] });
});

test('a configuration that can be read replaces the one before', () => {
  const keeper = new PictureKeeper();
  read(keeper, [enterVm('vm-1', { instanceUuid: 'u', annotation: 'old' })]);
  read(keeper, [enterVm('vm-1', { instanceUuid: 'u' })]);
  expect(keeper.picture().vms.get('vm-1')?.annotation).toBe('');
});

test('of an object that was read in part, the rest stays what it was', () => {
  const keeper = new PictureKeeper();
  read(keeper, [enterVm('vm-1', { name: 'web', hostRef: 'host-1', power: 'poweredOn' })]);
  read(keeper, [{ of: 'vms', kind: 'enter', ref: 'vm-1', fields: { power: 'suspended' }, partial: true }]);
  expect(keeper.picture().vms.get('vm-1')).toMatchObject({
    name: 'web',
    hostRef: 'host-1',
    power: 'suspended',
  });
});

test('whatever happened before, after a read the picture is what was read', () => {
  const ref = fc.constantFrom('host-1', 'host-2', 'host-3');
  const name = fc.constantFrom('a', 'b');
  const kind = fc.constantFrom('enter', 'modify', 'leave');
  const update = fc
    .record({ ref, name, kind })
    .map(({ ref, name, kind }): ObjectUpdate => ({ of: 'hosts', kind, ref, fields: { name } }));
  const truth = fc.uniqueArray(fc.tuple(ref, name), { selector: ([ref]) => ref });
  fc.assert(
    fc.property(fc.array(update), fc.boolean(), truth, (history, interrupted, truth) => {
      const keeper = new PictureKeeper();
      if (interrupted) keeper.beginRead();
      keeper.apply(history);
      read(
        keeper,
        truth.map(([ref, name]) => enterHost(ref, name)),
      );
      const hosts = [...keeper.picture().hosts.values()].map(({ ref, name }) => [ref, name]);
      expect(new Map(hosts as [string, string][])).toEqual(new Map(truth));
    }),
  );
});
