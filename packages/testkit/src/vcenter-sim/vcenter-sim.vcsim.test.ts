import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../wait-for.ts';
import { vcenterSimMissing } from './availability.ts';
import { startVcenterSim, type VcenterSim } from './vcenter-sim.ts';

const missing = vcenterSimMissing();
const simTest = test.skipIf(missing);
let sim: VcenterSim;

beforeAll(async () => {
  if (missing) return;
  sim = await startVcenterSim({
    inventory: {
      hosts: ['esx-1', 'esx-2'],
      networks: [{ name: 'blue', vlan: { primary: 100, isolated: 101 } }],
      vms: [{ name: 'web-1', host: 'esx-1', adapters: [{ mac: '00:50:56:bf:7d:a1', network: 'blue' }] }],
    },
  });
}, 400_000);

afterAll(() => sim?.stop());

/** Does the process still exist? */
function lives(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

simTest('a wrong name says which names there are', async () => {
  await expect(sim.apply({ action: 'power', vm: 'web-9', power: 'on' })).rejects.toThrow(
    /No VM is called web-9; there are: web-1/,
  );
});

simTest('what the simulator refuses is an error with its fault', async () => {
  await expect(sim.apply({ action: 'power', vm: 'web-1', power: 'off' })).rejects.toThrow(
    /InvalidPowerState/,
  );
});

simTest('a name can be given only once', async () => {
  await expect(sim.apply({ action: 'addHost', host: 'esx-1' })).rejects.toThrow(/There is a esx-1 already/);
});

simTest('clients cannot use the test door', async () => {
  const answer = await fetch(new URL('/x/update', sim.url), { method: 'POST', body: '<changes/>' });
  expect(answer.status).toBe(404);
});

simTest('what was added late keeps its references over a restart', async () => {
  await sim.apply(
    { action: 'power', vm: 'web-1', power: 'on' },
    { action: 'createNetwork', network: { name: 'red', vlan: { primary: 7, isolated: 7 } } },
    { action: 'addHost', host: 'esx-3' },
    {
      action: 'addAdapter',
      vm: 'web-1',
      adapter: { mac: '00:50:56:bf:7d:a2', network: 'red', ip: 'fd00::1' },
    },
    { action: 'removeAdapter', vm: 'web-1', mac: '00:50:56:bf:7d:a1' },
  );
  const { url } = sim;
  const before = sim.ids();
  const inventory = sim.inventory();
  await sim.kill();
  await expect(fetch(url)).rejects.toThrow();
  await expect(sim.apply({ action: 'addHost', host: 'esx-4' })).rejects.toThrow(/down/);
  expect(await sim.restart()).toEqual(before);
  expect(sim.url).toBe(url);
  expect(sim.inventory()).toEqual(inventory);
});

simTest('a restart can bring something else', async () => {
  const before = sim.ids();
  const after = await sim.restart(({ vms, ...rest }) => ({
    ...rest,
    vms: [...vms, { name: 'web-2', host: 'esx-2', power: 'suspended', adapters: [] }],
  }));
  expect(after).toMatchObject(before);
  expect(Object.keys(after.vms)).toEqual(['web-1', 'web-2']);
});

simTest('a stopped simulator leaves no process, and can be stopped again', async () => {
  const other = await startVcenterSim();
  const { pid } = other;
  expect(lives(pid)).toBe(true);
  await other.stop();
  await other.stop();
  await waitFor(() => !lives(pid), { what: 'the end of the process' });
});

simTest('a stopped simulator that was paused ends, too', async () => {
  const other = await startVcenterSim();
  const { pid } = other;
  other.pause();
  await other.stop();
  expect(lives(pid)).toBe(false);
});
