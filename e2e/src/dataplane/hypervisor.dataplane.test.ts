import { startProcess, temporaryFolder, waitFor } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import type { Picture } from '../world/picture.ts';
import { dataPlaneMissing } from './available.ts';
import { command } from './command.ts';
import { Hypervisor } from './hypervisor.ts';
import { sweepLeftovers } from './namespaces.ts';
import { ping } from './ping.ts';

const NETWORKS = [{ name: 'blue', key: 'dvportgroup-21', vlan: { primary: 100, isolated: 101 } }];
const vm = (name: string, number: number) => ({
  name,
  id: name,
  host: 'esx-1',
  on: true,
  adapters: [{ mac: `00:50:56:bf:00:0${number}`, network: 'blue', ip: `10.0.1.${number}` }],
});
const PICTURE: Picture = { hosts: ['esx-1'], networks: NETWORKS, vms: [vm('a', 1), vm('b', 2)] };

test.skipIf(dataPlaneMissing())(
  'machines of one host reach each other by no other way than the vrouter',
  async () => {
    const folder = temporaryFolder();
    onTestFinished(folder.remove);
    const hypervisor = await Hypervisor.open(folder.path, [{ name: 'esx-1', bridge: 'vr-x' }]);
    onTestFinished(() => hypervisor.close());
    await hypervisor.follow(PICTURE);
    const [a, b] = hypervisor.stations;
    if (a === undefined || b === undefined) throw new Error('expected two machines');
    expect(await ping(hypervisor, a, b)).toBe(false);

    await command('ovs-vsctl', vrouter(hypervisor.runDir));
    await command(
      'ovs-ofctl',
      ['-O', 'OpenFlow14', 'add-flows', `unix:${hypervisor.runDir}/vr-x.mgmt`, '-'],
      TURN,
    );
    await waitFor(() => ping(hypervisor, a, b), { what: 'an answer through the vrouter' });
  },
);

/** A bridge in the place of an agent's. */
const vrouter = (runDir: string): readonly string[] => [
  `--db=unix:${runDir}/db.sock`,
  ...'add-br vr-x -- set bridge vr-x datapath_type=netdev fail_mode=secure'.split(' '),
  ...'-- add-port vr-x vr-x-trunk -- set interface vr-x-trunk type=patch options:peer=vr-x-host'.split(' '),
];
/** From the isolated VLAN to the primary one. */
const TURN = 'in_port=1,dl_vlan=101,actions=set_field:4196->vlan_vid,in_port\n';

test.skipIf(dataPlaneMissing())('what killed runs left behind is swept, and nothing else', async () => {
  const own = await Hypervisor.open(temporary(), [{ name: 'esx-1', bridge: 'vr-y' }]);
  onTestFinished(() => own.close());
  // Our pid, but we did not start at tick 1: another process had it before.
  const left = [`vrdp-${process.pid}-1-1`, `vrdp-${process.pid}-1-1-web`];
  for (const name of left) await command('ip', ['netns', 'add', name]);
  const args = [`--net=/run/netns/${left[0]}`, 'sleep', '60'];
  const daemon = await startProcess({ name: 'daemon', command: 'nsenter', args });
  onTestFinished(async () => void (await daemon.kill()));
  // Two runs at a time do not get into each other's way.
  await Promise.all([sweepLeftovers(), sweepLeftovers()]);
  expect((await daemon.exited).signal).toBe('SIGKILL');
  const names = (await command('ip', ['netns', 'list']))
    .split('\n')
    .flatMap((line) => line.split(' ')[0] ?? []);
  for (const name of left) expect(names).not.toContain(name);
  expect(names.some((name) => name.startsWith(`vrdp-${process.pid}-`))).toBe(true);
});

function temporary(): string {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return path;
}
