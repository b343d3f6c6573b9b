import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startProcess, waitFor, type ManagedProcess } from '@vrouter/testkit';
import { command, TOOL_PATH } from './command.ts';
import type { Namespaces } from './namespaces.ts';

const SCHEMA = '/usr/share/openvswitch/vswitch.ovsschema';

/** An Open vSwitch of its own: daemons in the namespace of the switches, files and sockets in one folder. */
export class OpenVswitch {
  readonly runDir: string;
  readonly #daemons: ManagedProcess[] = [];

  private constructor(runDir: string) {
    this.runDir = runDir;
  }

  static async start(folder: string, namespaces: Namespaces): Promise<OpenVswitch> {
    const runDir = join(folder, 'openvswitch');
    mkdirSync(runDir, { recursive: true });
    const own = new OpenVswitch(runDir);
    try {
      await own.#start(namespaces);
      return own;
    } catch (error) {
      await own.stop();
      throw error;
    }
  }

  /** Runs `ovs-vsctl`; commands are separated by `--`. */
  vsctl(args: readonly string[]): Promise<string> {
    return command('ovs-vsctl', [`--db=unix:${this.#path('db.sock')}`, '--timeout=10', ...args]);
  }

  /** OpenFlow numbers of all interfaces, by name. */
  async portNumbers(): Promise<ReadonlyMap<string, number>> {
    const text = await this.vsctl(['--format=json', '--columns=name,ofport', 'list', 'interface']);
    const { data } = JSON.parse(text) as { data: [string, unknown][] };
    return new Map(data.flatMap(([name, number]) => (typeof number === 'number' ? [[name, number]] : [])));
  }

  /** Makes `flows` the flows of `bridge`, all in one step. */
  async replaceFlows(bridge: string, flows: readonly string[]): Promise<void> {
    const address = this.#address(bridge);
    await command(
      'ovs-ofctl',
      ['-O', 'OpenFlow14', '--bundle', 'replace-flows', address, '-'],
      flows.join('\n'),
    );
  }

  flows(bridge: string): Promise<string> {
    return command('ovs-ofctl', ['-O', 'OpenFlow14', 'dump-flows', '--no-stats', this.#address(bridge)]);
  }

  async stop(): Promise<void> {
    for (const daemon of this.#daemons.splice(0).toReversed()) await daemon.kill();
  }

  async #start(namespaces: Namespaces): Promise<void> {
    const database = this.#path('conf.db');
    await command('ovsdb-tool', ['create', database, SCHEMA]);
    const common = (name: string) => [
      `--pidfile=${this.#path(`${name}.pid`)}`,
      `--unixctl=${this.#path(`${name}.ctl`)}`,
      `--log-file=${this.#path(`${name}.log`)}`,
      '-vconsole:off',
      '--no-chdir',
    ];
    const socket = this.#path('db.sock');
    const remote = `--remote=punix:${socket}`;
    await this.#daemon(namespaces, 'ovsdb-server', [database, remote, ...common('ovsdb-server')]);
    await waitFor(() => existsSync(socket), { what: 'ovsdb-server to listen' });
    await this.#daemon(namespaces, 'ovs-vswitchd', [`unix:${socket}`, ...common('ovs-vswitchd')]);
    await this.vsctl(['--no-wait', 'init']);
  }

  async #daemon(namespaces: Namespaces, name: string, args: readonly string[]): Promise<void> {
    const [program, all] = namespaces.inside('', name, args);
    // Its folders by default are the system's: an own Open vSwitch of the machine must not be touched.
    const folders = { OVS_RUNDIR: this.runDir, OVS_LOGDIR: this.runDir, OVS_DBDIR: this.runDir };
    const env = { PATH: TOOL_PATH, ...folders };
    this.#daemons.push(await startProcess({ name, command: program, args: all, env }));
  }

  #path(name: string): string {
    return join(this.runDir, name);
  }

  #address(bridge: string): string {
    return `unix:${this.#path(`${bridge}.mgmt`)}`;
  }
}
