import type { NoAnswer } from '@vrouter/config-api-client';
import { StartError, type Clock } from '@vrouter/service-kit';
import type { ConfigApiConfig } from '../config-api/config-section.ts';
import { PROJECT } from '../config-api/names.ts';
import { openConfigApi } from '../config-api/open-client.ts';
import { reasonOf } from '../config-api/reason.ts';
import type { Config } from '../config.ts';

/** Prints what the config API has. Only reads. Throws `StartError` NO_CONFIG_API with the first reason why it cannot. */
export async function checkConfigApiLive(
  config: ConfigApiConfig,
  mode: Config['mode'],
  clock: Clock,
  print: (text: string) => void,
): Promise<void> {
  const api = openConfigApi(config, clock);
  const fail = (failure: NoAnswer): StartError =>
    new StartError('NO_CONFIG_API', `config API ${config.url}: ${wordsFor(failure, config)}`);
  try {
    // One after the other: a password that is wrong is tried once, and does not lock the account.
    const networks = await api.listBrief('virtual-network');
    if (networks.kind !== 'listed') throw fail(networks);
    const machines = await api.listBrief('virtual-machine');
    if (machines.kind !== 'listed') throw fail(machines);
    const counts = `${networks.objects.length} networks, ${machines.objects.length} VMs`;
    print(`config API ${config.url}: ${counts}`);
    if (mode !== 'vcenter-only') return;
    const project = await api.resolve('project', PROJECT);
    if (project.kind !== 'resolved' && project.kind !== 'not-found') throw fail(project);
    const state = project.kind === 'resolved' ? 'is there' : 'is not there, and will be made';
    print(`project ${PROJECT.join(':')} ${state}`);
  } finally {
    await api.close();
  }
}

function wordsFor(failure: NoAnswer, { keystone }: ConfigApiConfig): string {
  const words = reasonOf(failure);
  return failure.kind === 'unauthorised' && keystone === undefined
    ? `${words}; it wants a token, and configApi.keystone does not say from where`
    : words;
}
