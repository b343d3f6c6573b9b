import { expect, test } from 'vitest';
import { parseInventoryFile } from './inventory-file.ts';

const ID = '502789bb-240a-841f-e24c-1564537218f7';

test.each([
  ['what is not YAML', 'vms: [', /BAD_INVENTORY|Flow sequence/],
  ['an unknown key', 'hosts: [{ name: esx-1, sped: 1 }]', /sped/],
  ['a VM without its id', 'vms: [{ name: web-1, host: esx-1, power: on }]', /vms\[0\]\.id/],
  [
    'an adapter without a network',
    `vms: [{ name: a, id: ${ID}, host: h, power: on, adapters: [{ mac: "00:50:56:bf:7d:a1" }] }]`,
    /adapters\[0\]\.network/,
  ],
])('%s is refused, and where is told', (_what, text, message) => {
  expect(() => parseInventoryFile(text)).toThrow(message);
});

test("the plugin's inventory file", () => {
  const text = `
hosts:
  - { name: esx-1, maintenance: true }
networks:
  - { name: blue, key: dvportgroup-21, vlan: { primary: 100, isolated: 101 } }
  - { name: bare }
vms:
  - name: web-1
    id: ${ID}
    host: esx-1
    power: on
    project: 9970147c-33b1-4bf7-8944-8968e708d430
    adapters:
      - { mac: "00:50:56:BF:7D:A1", network: blue, ip: 10.0.0.5, ip6: None }
      - { mac: "00:50:56:bf:7d:a2", network: bare, connected: false, ip6: "fd00::5" }`;
  expect(parseInventoryFile(text)).toEqual({
    hosts: [{ name: 'esx-1', maintenance: true, connected: true }],
    networks: [
      { name: 'blue', vlan: { primary: 100, isolated: 101 } },
      { name: 'bare', vlan: { primary: 0, isolated: 0 } },
    ],
    vms: [
      {
        name: 'web-1',
        id: ID,
        host: 'esx-1',
        power: 'on',
        adapters: [
          { mac: '00:50:56:bf:7d:a1', network: 'blue', connected: true, ip: ['10.0.0.5'] },
          { mac: '00:50:56:bf:7d:a2', network: 'bare', connected: false, ip: ['fd00::5'] },
        ],
      },
    ],
  });
});
