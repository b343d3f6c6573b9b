import { expect, test } from 'vitest';
import { switchFlows } from './switch-flows.ts';

const BLUE = { primary: 100, isolated: 101 };

test('machines send to the trunk on the isolated VLAN, and receive from it on the primary one', () => {
  const flows = switchFlows(9, [
    { port: 1, mac: '00:50:56:00:00:0a', vlan: BLUE },
    { port: 2, mac: '00:50:56:00:00:0b', vlan: BLUE },
    { port: 3, mac: '00:50:56:00:00:0c', vlan: { primary: 200, isolated: 201 } },
  ]);
  expect(flows).toHaveLength(12);
  expect(flows.slice(0, 4)).toEqual([
    'priority=10,in_port=1,actions=push_vlan:0x8100,set_field:4197->vlan_vid,output:9',
    'priority=10,in_port=9,dl_vlan=100,dl_dst=00:50:56:00:00:0a,actions=pop_vlan,output:1',
    'priority=20,in_port=9,dl_vlan=100,dl_src=00:50:56:00:00:0a,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=pop_vlan,output:2',
    'priority=10,in_port=9,dl_vlan=100,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=pop_vlan,output:1,output:2',
  ]);
  expect(flows[10]).toMatch(/dl_src=00:50:56:00:00:0c,.*actions=drop$/);
});
