import { VCENTER_CLIENT_TYPE } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import { sendJson } from '../view/http.ts';

export const GHOST = 'ghost';

/** Puts a port on the agent at `agentUrl` of which neither vCenter nor the plugin's ledger knows, as a slip by hand would. */
export async function haunt(agentUrl: string): Promise<void> {
  const ghost = samplePort(1, { 'display-name': GHOST, 'ip-address': '10.0.9.99' });
  await sendJson('POST', `${agentUrl}/port`, ghost);
  await sendJson('PUT', `${agentUrl}/enable-port/${ghost.id}?type=${VCENTER_CLIENT_TYPE}`);
}
