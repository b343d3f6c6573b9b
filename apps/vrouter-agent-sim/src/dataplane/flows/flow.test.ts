import { expect, test } from 'vitest';
import { desiredFlows } from './desired-flows.ts';
import { cookieOf, flowText } from './flow.ts';

const PORT = { mac: '00:50:56:bf:00:0a', network: 'blue', rxVlan: 101, txVlan: 100, sinceMs: 0 };
const labels = new Map([['blue', 3]]);

test('flows read as ovs-ofctl wants them', () => {
  const peer = {
    link: 2,
    networks: [{ network: 'blue', label: 9, macs: new Map([['00:50:56:bf:00:0b', 1]]) }],
  };
  const untagged = { ...PORT, mac: '00:50:56:bf:00:0c', rxVlan: undefined, txVlan: undefined };
  const texts = desiredFlows({ ports: [PORT, untagged], labels, peers: [peer] }).map(flowText);
  expect(texts.map((text) => text.replace(/^cookie=0x7672[0-9a-f]{12},/, ''))).toEqual([
    'table=0,priority=10,in_port=1,dl_vlan=101,dl_src=00:50:56:bf:00:0a,actions=pop_vlan,load:3->NXM_NX_REG0[],load:0->NXM_NX_REG1[],load:0xffff->NXM_OF_IN_PORT[],goto_table:1',
    'table=1,priority=10,dl_dst=00:50:56:bf:00:0a,reg0=3,actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:1',
    'table=0,priority=10,in_port=1,vlan_tci=0x0000/0x1fff,dl_src=00:50:56:bf:00:0c,actions=load:3->NXM_NX_REG0[],load:0->NXM_NX_REG1[],load:0xffff->NXM_OF_IN_PORT[],goto_table:1',
    'table=1,priority=10,dl_dst=00:50:56:bf:00:0c,reg0=3,actions=output:1',
    'table=0,priority=10,in_port=2,dl_vlan=3,actions=pop_vlan,load:3->NXM_NX_REG0[],load:1->NXM_NX_REG1[],load:0xffff->NXM_OF_IN_PORT[],goto_table:1',
    'table=1,priority=20,dl_dst=00:50:56:bf:00:0b,reg0=3,reg1=0,actions=push_vlan:0x8100,set_field:4105->vlan_vid,output:2',
    'table=1,priority=10,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,reg0=3,reg1=1,actions=output:1,push_vlan:0x8100,set_field:4196->vlan_vid,output:1',
    'table=1,priority=10,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,reg0=3,reg1=0,actions=output:1,push_vlan:0x8100,set_field:4196->vlan_vid,output:1,set_field:4105->vlan_vid,output:2',
  ]);
});

test('the cookie tells flows apart by what they do, too', () => {
  const cookies = [100, 200].map((txVlan) =>
    desiredFlows({ ports: [{ ...PORT, txVlan }], labels, peers: [] }).map(cookieOf),
  );
  expect(cookies[0]?.[0]).toBe(cookies[1]?.[0]);
  expect(cookies[0]?.[1]).not.toBe(cookies[1]?.[1]);
});
