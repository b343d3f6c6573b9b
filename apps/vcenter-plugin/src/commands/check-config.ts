import { StartError } from '@vrouter/service-kit';
import { readAgentTls } from '../agent-tls.ts';
import { agentPlaces } from '../binding/agent-places.ts';
import { listedAgents } from '../binding/placement-file.ts';
import { checkConfigApi } from '../config-api/open-client.ts';
import { shownConfig, vspherePassword, type Config } from '../config.ts';
import { parseInventoryFile } from '../inventory/file-parse.ts';
import { readSettingFile } from '../setting-file.ts';
import { printBinding } from './print-binding.ts';

/** Prints what the configuration means, and for a file inventory what would be on which agent. Changes nothing. */
export function checkConfig(config: Config, print: (text: string) => void): void {
  print(JSON.stringify(shownConfig(config), null, 2));
  readAgentTls(config.agentTls);
  if (config.configApi !== undefined) checkConfigApi(config.configApi);
  const { inventory } = config;
  const listed = listedAgents(config);
  if (inventory.kind === 'vsphere') {
    vspherePassword(inventory);
    print('The configuration is usable. vCenter was not asked.');
    return;
  }
  const text = readSettingFile(inventory.path, 'inventory.path');
  try {
    printBinding(config, parseInventoryFile(text), agentPlaces(listed, []), print);
  } catch (error) {
    throw new StartError('BAD_CONFIG', `inventory file ${inventory.path}: ${(error as Error).message}`);
  }
  print('The configuration and the inventory are usable.');
}
