import { expect, test } from 'vitest';
import { updateSetReader } from '../collector/update-set.ts';
import { card, portGroupBacking, response, vmSet } from '../testing/answers.ts';
import { child } from '../xml/element.ts';
import { xmlReader } from '../xml/parse.ts';
import { isNoCard } from './devices.ts';

test.each([
  'VirtualVmxnet3',
  'VirtualE1000',
  'VirtualSriovEthernetCard',
  'VirtualPCNet32',
  'VirtualSomethingNew',
  undefined,
])('%s may be a card', (type) => {
  expect(isNoCard(type)).toBe(false);
});

test('devices that are not looked into change nothing of a VM', () => {
  const devices = [
    '<VirtualDevice xsi:type="VirtualDisk"><key>2000</key><backing xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>[ds] a.vmdk</fileName></backing></VirtualDevice>',
    card(4000, '00:50:56:bf:7d:a1', portGroupBacking('dvportgroup-21')),
    '<VirtualDevice xsi:type="VirtualCdrom"><key>3000</key><backing xsi:type="VirtualCdromAtapiBackingInfo"/></VirtualDevice>',
    card(4001, '00:50:56:bf:7d:a2', portGroupBacking('dvportgroup-21')),
    '<VirtualDevice xsi:type="VirtualKeyboard"><key>600</key></VirtualDevice>',
  ];
  const set = vmSet('enter', 'vm-1', 'web-1', devices.join(''));
  const document = response(
    'WaitForUpdatesEx',
    `<returnval><version>1</version><filterSet>${set}</filterSet></returnval>`,
  );
  const read = (skipping: boolean): unknown => {
    const updates = updateSetReader();
    const reader = xmlReader(skipping ? updates : { take: updates.take });
    reader.write(document);
    const body = child(reader.close(), 'Body');
    return updates.close(child(body, 'WaitForUpdatesExResponse') ?? fail());
  };
  expect(read(true)).toEqual(read(false));
  expect(read(true)).toMatchObject({ updates: [{ fields: { adapters: [{ key: 4000 }, { key: 4001 }] } }] });
});

function fail(): never {
  throw new Error('no answer in the fixture');
}
