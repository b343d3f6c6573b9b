import { expect, test } from 'vitest';
import { dataPlaneMissing } from './available.ts';
import { DATA_PLANE_TEST, runningWorld } from './testing.ts';

test.skipIf(dataPlaneMissing())(
  'Open vSwitch understands the flows as they are meant, and there are no others',
  DATA_PLANE_TEST,
  async () => {
    const { wire } = await runningWorld();
    const dump = await wire.hypervisor.flows('vr-agent-1');
    const flows = dump.split('\n').filter((line) => line.includes('actions='));
    const noted = 'set_field:0x1->reg0,set_field:0->reg1,load:0xffff->NXM_OF_IN_PORT[],goto_table:1';
    const group = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';
    expect(flows.map((line) => line.trim().replace(/^cookie=0x7672[0-9a-f]{12}, /, '')).toSorted()).toEqual(
      [
        `priority=10,in_port=1,dl_vlan=101,dl_src=00:50:56:bf:00:0a actions=pop_vlan,${noted}`,
        `priority=10,in_port=2,dl_vlan=1 actions=pop_vlan,${noted.replace('0->reg1', '0x1->reg1')}`,
        'table=1, priority=10,reg0=0x1,dl_dst=00:50:56:bf:00:0a actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:1',
        'table=1, priority=20,reg0=0x1,reg1=0,dl_dst=00:50:56:bf:00:0b actions=push_vlan:0x8100,set_field:4097->vlan_vid,output:2',
        `table=1, priority=10,reg0=0x1,reg1=0x1,${group} actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:1`,
        `table=1, priority=10,reg0=0x1,reg1=0,${group} actions=push_vlan:0x8100,set_field:4196->vlan_vid,output:1,set_field:4097->vlan_vid,output:2`,
      ].toSorted(),
    );
  },
);
