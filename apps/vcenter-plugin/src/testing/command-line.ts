import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, workspaceFile, type ManagedProcess } from '@vrouter/testkit';

const MAIN = workspaceFile('apps/vcenter-plugin/src/main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the plugin's command line to its end. */
export async function runToEnd(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const process = await startProcess({ name: 'vcenter-plugin', file: MAIN, args, env });
  const { code } = await process.exited;
  return { code, stdout: process.stdout(), stderr: process.stderr() };
}

/** Starts `run` with the configuration in `folder`, and waits until it is ready; no file may grow beyond the limit. */
export function startPlugin(
  folder: string,
  { fileBlocksMax }: { readonly fileBlocksMax?: number } = {},
): Promise<ManagedProcess<{ url: string; pid: number }>> {
  const readyFile = join(folder, 'ready.json');
  const args = ['run', '--config', join(folder, 'plugin.yaml'), '--ready-file', readyFile];
  const what =
    fileBlocksMax === undefined
      ? { file: MAIN, args }
      : {
          command: '/bin/sh',
          args: ['-c', `ulimit -f ${fileBlocksMax}; exec "$0" "$@"`, process.execPath, MAIN, ...args],
        };
  return startProcess({ name: 'vcenter-plugin', ...what, readyFile });
}

/** Writes a configuration with `agents` and a file inventory with one VM on `esx-1`. Returns its path. */
export function writeConfig(
  folder: string,
  agents: readonly { name: string; url: string }[],
  more = '',
): string {
  mkdirSync(folder, { recursive: true });
  const list = agents.map(({ name, url }, index) => ({ name, url, host: `esx-${index + 1}` }));
  const config = {
    listen: '127.0.0.1:0',
    inventory: { kind: 'file', path: 'inventory.yaml' },
    agents: list,
  };
  const file = join(folder, 'plugin.yaml');
  writeFileSync(file, `${JSON.stringify(config).slice(0, -1)}${more === '' ? '' : `,${more}`}}`);
  writeFileSync(join(folder, 'inventory.yaml'), inventory([vm(1)]));
  return file;
}

/** The text of an inventory with one host and one network. */
export function inventory(vms: readonly object[]): string {
  const hosts = [{ name: 'esx-1' }];
  const networks = [{ name: 'blue', key: 'dvportgroup-21', vlan: { primary: 100, isolated: 101 } }];
  return JSON.stringify({ hosts, networks, vms });
}

/** A powered-on VM with one adapter. */
export function vm(number: number): object {
  const hex = number.toString(16).padStart(8, '0');
  const mac = `00:50:${(hex.match(/../g) ?? []).join(':')}`;
  const id = `502789bb-240a-841f-e24c-0000${hex}`;
  return { name: `web-${number}`, id, host: 'esx-1', power: 'on', adapters: [{ mac, network: 'blue' }] };
}
