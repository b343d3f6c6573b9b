import type { VcenterSim } from '../vcenter-sim.ts';
import { hostSpec } from '../world.ts';

/** Where vCenter is unless told otherwise, HOST:PORT. */
export const USUAL_ADDRESS = '127.0.0.1:8989';

/** What the user reads when vCenter is up at `address`. */
export function welcome(sim: VcenterSim, address: string): string {
  const { url, username, password } = sim;
  const { hosts, vms } = sim.inventory();
  const agents = hosts.map(
    (host, index) =>
      `    - { name: agent-${index + 1}, url: "http://127.0.0.1:${9091 + index}", host: ${hostSpec(host).name} }`,
  );
  const run = `npm run vcenter --${address === USUAL_ADDRESS ? '' : ` --listen ${address}`}`;
  const off = vms.find(({ power }) => power !== 'on');
  return `
vCenter is up.

  URL       ${url}
  user      ${username}
  password  ${password}

A plugin.yaml for it, with one agent per host:

  stateDir: ./state
  inventory: { kind: vsphere, url: "${url}", username: ${username}, password: ${password} }
  agents:
${agents.length === 0 ? '    []' : agents.join('\n')}

In another terminal:

  ${run} list
  ${run} ${off === undefined ? 'add-host esx-9' : `power-on ${off.name}`}
  ${run} --help

Ctrl-C stops it.`;
}
