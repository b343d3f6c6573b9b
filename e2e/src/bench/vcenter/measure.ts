import { waitFor } from '@vrouter/testkit';
import { portId } from '../../world/oracle.ts';
import { hostName, macOf, vmName, type Received, type Site } from './site.ts';

const ARRIVAL_MS_MAX = 60_000;
/** Looking costs the agents time. */
const LOOK_MS = 250;

/**
 * How long it takes, in milliseconds, from the moment when vCenter's answer with a power on is on its way to the plugin to
 * the moment when the agent of that host receives the last request for it, which follows the answers to all before. `vm`
 * is one that is off, the first of its host.
 */
export async function powerOnMs(site: Site, vm: number): Promise<number> {
  const id = portId(macOf(vm));
  site.answers.begin();
  await site.sim.apply({ action: 'power', vm: vmName(vm), power: 'on' });
  const enabled = await waitFor(
    async () => (await received(site, [vm], [id])).find(({ operation }) => operation === 'enable'),
    { what: `the port of ${vmName(vm)} to be enabled`, timeoutMs: ARRIVAL_MS_MAX, everyMs: LOOK_MS },
  );
  return enabled.atMs - site.answers.timesOf('poweredOn').firstMs;
}

/**
 * How long it takes, in milliseconds, from the moment when vCenter's last answer about the moves of `vms` is on its way to
 * the moment when the last of all requests for them is received: on the new agents enabled, on the old ones deleted. Each
 * moves from its host to the next. vCenter is made to tell all of them at once.
 */
export async function movesMs(site: Site, vms: readonly number[], hosts: number): Promise<number> {
  const ids = vms.map((vm) => portId(macOf(vm)));
  const all = Array.from({ length: hosts }, (_, host) => host);
  const before = new Set((await received(site, all, ids)).map(({ key }) => key));
  const hostOf = new Map(site.sim.inventory().vms.map(({ name, host }) => [name, host]));
  site.answers.begin();
  const letGo = site.answers.holdBack();
  for (const vm of vms) {
    const host = Number(hostOf.get(vmName(vm))?.replace('esx-', '')) % hosts;
    await site.sim.apply({ action: 'relocate', vm: vmName(vm), host: hostName(host) });
  }
  letGo();
  const requests = await waitFor(
    async () => {
      const news = (await received(site, all, ids)).filter(({ key }) => !before.has(key));
      const isDone = (operation: string): boolean =>
        new Set(news.filter((one) => one.operation === operation).flatMap(({ portIds }) => portIds)).size >=
        ids.length;
      return isDone('enable') && isDone('delete') && news;
    },
    {
      what: `${vms.length} ports to be on their new agents, and on those alone`,
      timeoutMs: ARRIVAL_MS_MAX,
      everyMs: LOOK_MS,
    },
  );
  await site.steady();
  return Math.max(...requests.map(({ atMs }) => atMs)) - site.answers.timesOf('runtime.host').lastMs;
}

/** What these hosts' agents received about these ports; `key` tells one request from another. */
async function received(
  site: Site,
  hosts: readonly number[],
  ids: readonly string[],
): Promise<readonly (Received & { readonly key: string })[]> {
  const requests = hosts.map(async (host) =>
    (await site.received(host)).map((request) => ({ ...request, key: `${host} ${request.seq}` })),
  );
  return (await Promise.all(requests)).flat().filter(({ portIds }) => portIds.some((id) => ids.includes(id)));
}
