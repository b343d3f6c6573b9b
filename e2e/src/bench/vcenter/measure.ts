import { waitFor } from '@vrouter/testkit';
import { hostName, vmName, type Received, type Site } from './site.ts';

const ARRIVAL_MS_MAX = 60_000;

/**
 * How long it takes, in milliseconds, from the moment when vCenter's answer with a power on is on its way to the plugin to
 * the moment when the agent of that host receives the last request for it, which follows the answers to all before.
 */
export async function powerOnMs(site: Site, host: number): Promise<number> {
  const before = (await site.received(host)).length;
  site.answers.begin();
  await site.sim.apply({ action: 'power', vm: vmName(host), power: 'on' });
  const enabled = await waitFor(
    async () => (await site.received(host)).slice(before).find(({ operation }) => operation === 'enable'),
    { what: `the port of ${vmName(host)} to be enabled`, timeoutMs: ARRIVAL_MS_MAX },
  );
  return enabled.atMs - site.answers.timesOf('poweredOn').firstMs;
}

/**
 * How long it takes, in milliseconds, from the moment when vCenter's last answer about `count` moves is on its way to the
 * moment when the last of all requests for them is received: on the new agents enabled, on the old ones deleted. vCenter
 * is made to tell them as much at once as it can. Every VM moves from its host to the next.
 */
export async function movesMs(site: Site, hosts: number, count: number): Promise<number> {
  const before = await lengths(site, hosts);
  site.answers.begin();
  const letGo = site.answers.holdBack();
  // The power on that opens the gate's poll is not there yet: the first move is told alone, the others together.
  for (let index = 0; index < count; index += 1) {
    const vm = hosts + index;
    const host = await hostOf(site, vm);
    await site.sim.apply({ action: 'relocate', vm: vmName(vm), host: hostName((host + 1) % hosts) });
  }
  letGo();
  const last = await waitFor(
    async () => {
      const news = (await since(site, before)).filter(({ operation }) => operation !== 'get');
      const enough = (operation: string): boolean =>
        news.filter((request) => request.operation === operation).length >= count;
      return enough('add') && enough('enable') && enough('delete') && news;
    },
    { what: `${count} ports to be on their new agents, and on those alone`, timeoutMs: ARRIVAL_MS_MAX },
  );
  await site.steady();
  return Math.max(...last.map(({ atMs }) => atMs)) - site.answers.timesOf('runtime.host').lastMs;
}

function hostOf({ sim }: Site, vm: number): Promise<number> {
  const found = sim.inventory().vms.find(({ name }) => name === vmName(vm));
  return Promise.resolve(Number(found?.host.replace('esx-', '')) - 1);
}

function lengths(site: Site, hosts: number): Promise<number[]> {
  return Promise.all(Array.from({ length: hosts }, async (_, host) => (await site.received(host)).length));
}

async function since(site: Site, before: readonly number[]): Promise<readonly Received[]> {
  const news = before.map(async (length, host) => (await site.received(host)).slice(length));
  return (await Promise.all(news)).flat();
}
