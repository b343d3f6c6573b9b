import type { SimInventory } from '../model.ts';

/** What a served vCenter has unless told otherwise: two hosts, two networks, four VMs, and one of them waits to be powered on. */
export const FIRST_INVENTORY: SimInventory = {
  hosts: ['esx-1', 'esx-2'],
  networks: [
    { name: 'blue', vlan: { primary: 100, isolated: 101 } },
    { name: 'green', vlan: { primary: 200, isolated: 201 } },
  ],
  vms: [
    {
      name: 'web-1',
      host: 'esx-1',
      power: 'on',
      id: '50270001-240a-841f-e24c-1564537218f7',
      adapters: [{ mac: '00:50:56:00:01:01', network: 'blue', ip: '10.0.1.11' }],
    },
    {
      name: 'db-1',
      host: 'esx-1',
      power: 'on',
      id: '50270002-240a-841f-e24c-1564537218f7',
      adapters: [{ mac: '00:50:56:00:02:01', network: 'green', ip: '10.0.2.11' }],
    },
    {
      name: 'web-2',
      host: 'esx-2',
      power: 'on',
      id: '50270003-240a-841f-e24c-1564537218f7',
      adapters: [{ mac: '00:50:56:00:01:02', network: 'blue', ip: '10.0.1.12' }],
    },
    {
      name: 'db-2',
      host: 'esx-2',
      power: 'off',
      id: '50270004-240a-841f-e24c-1564537218f7',
      adapters: [{ mac: '00:50:56:00:02:02', network: 'green', ip: '10.0.2.12' }],
    },
  ],
};
