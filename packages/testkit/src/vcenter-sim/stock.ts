import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { buildVcenterSim } from './build.ts';
import { OperatorConnection } from './connection.ts';
import { SimProcess } from './sim-process.ts';

export interface StockVcenter {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Speaks SOAP to the same address as every client. */
  readonly operator: Pick<OperatorConnection, 'call' | 'task' | 'find' | 'property'>;
  stop(): Promise<void>;
}

/**
 * The simulator as `vcsim` runs it: a generated inventory, and nothing but vCenter's own API to change it. Of the data
 * centre `DC0`, cluster `DC0_C0` has the hosts `DC0_C0_H0` and on, and the VMs `DC0_C0_RP0_VM0` and on.
 */
export async function startStockVcenter(size: {
  readonly hosts: number;
  readonly vms: number;
  readonly portGroups: number;
  /** Each with that many hosts and VMs; default: one. */
  readonly clusters?: number;
}): Promise<StockVcenter> {
  const program = await buildVcenterSim();
  const folder = temporaryFolder();
  const home = join(folder.path, 'home');
  mkdirSync(home);
  const [username, password] = ['user', 'pass'];
  const { clusters = 1 } = size;
  const args = ['-username', username, '-password', password, '-standalone-host', '0'];
  args.push('-cluster', String(clusters));
  args.push('-host', String(size.hosts), '-vm', String(size.vms), '-pg', String(size.portGroups));
  const process = await SimProcess.start(program, args, home);
  const { url } = process.listening;
  return {
    url,
    username,
    password,
    operator: new OperatorConnection(new URL(url).origin, username, password),
    async stop() {
      await process.stop();
      folder.remove();
    },
  };
}
