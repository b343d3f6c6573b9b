import { Port, PORT_FIELDS, samePort } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { leanPort } from './lean-port.ts';

test('nothing is lost but the link state', () => {
  const port = Port.parse({
    ...samplePort(1),
    'ip6-address': 'fd00::7',
    'system-name': 'tap0',
    'vhostuser-mode': 1,
    'link-state': 1,
  });
  const lean = leanPort(port);
  expect(samePort(port, lean)).toBe(true);
  expect(Object.keys(lean).sort()).toEqual(PORT_FIELDS.filter((field) => field !== 'link-state').sort());
});
