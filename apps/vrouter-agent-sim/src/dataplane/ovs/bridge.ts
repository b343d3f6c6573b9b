import { join } from 'node:path';
import { TRUNK } from '../flows/desired-flows.ts';
import type { Flow } from '../flows/flow.ts';
import { cookieOf } from '../openflow/cookie.ts';
import { OpenFlowTable, type FlowTable } from '../openflow/flow-table.ts';
import { linkPort, trunkPeerPort, trunkPort } from './port-names.ts';
import type { RunTool } from './run-tool.ts';

/** What we speak, and what its own tools speak unless told otherwise. */
const PROTOCOLS = '[OpenFlow10,OpenFlow14]';
const SECONDS_MAX = 4;

/** Where the data plane puts its flows. */
export interface Bridge {
  readonly name: string;
  /** Makes the bridge, its trunk and a link to each of `peers` (names of bridges), and returns the links' numbers. */
  ensure(peers: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Makes the installed flows equal to `flows` in one step, and says how many it had to change. */
  become(flows: readonly Flow[]): Promise<number>;
  /** Lets go of connections; what is installed stays. */
  close(): void;
}

/** A bridge of its own in the Open vSwitch whose sockets lie in `runDir`; in userspace, so no kernel module is needed. */
export class OvsBridge implements Bridge {
  readonly name: string;
  readonly #runDir: string;
  readonly #run: RunTool;
  readonly #table: FlowTable;

  constructor(name: string, runDir: string, run: RunTool, table: FlowTable = tableOf(name, runDir)) {
    this.name = name;
    this.#runDir = runDir;
    this.#run = run;
    this.#table = table;
  }

  async ensure(peers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const links = peers.map((peer) => [peer, linkPort(this.name, peer)] as const);
    // Secure: without a flow nothing passes, as when nobody has programmed the bridge yet.
    const settings = ['datapath_type=netdev', 'fail_mode=secure', `protocols=${PROTOCOLS}`];
    await this.#vsctl([
      '--may-exist',
      'add-br',
      this.name,
      '--',
      'set',
      'bridge',
      this.name,
      ...settings,
      ...this.#patch(trunkPort(this.name), trunkPeerPort(this.name), [`ofport_request=${TRUNK}`]),
      ...links.flatMap(([peer, port]) => this.#patch(port, linkPort(peer, this.name), [])),
    ]);
    const numbers = await this.#portNumbers();
    if (numbers.get(trunkPort(this.name)) !== TRUNK)
      throw new Error(
        `the port ${trunkPort(this.name)} is not number ${TRUNK}: remove the bridge ${this.name}`,
      );
    return new Map(links.map(([peer, port]) => [peer, numbers.get(port) ?? missing(port)]));
  }

  async become(flows: readonly Flow[]): Promise<number> {
    const desired = new Map(flows.map((flow) => [cookieOf(flow), flow]));
    const installed = await this.#table.cookies();
    const gone = [...installed].filter((cookie) => !desired.has(cookie));
    const added = [...desired].flatMap(([cookie, flow]) => (installed.has(cookie) ? [] : [flow]));
    if (gone.length + added.length > 0) await this.#table.change(gone, added);
    return gone.length + added.length;
  }

  close(): void {
    this.#table.close();
  }

  #patch(port: string, peer: string, settings: readonly string[]): readonly string[] {
    const add = ['--', '--may-exist', 'add-port', this.name, port];
    return [...add, '--', 'set', 'interface', port, 'type=patch', `options:peer=${peer}`, ...settings];
  }

  async #portNumbers(): Promise<ReadonlyMap<string, number>> {
    const text = await this.#vsctl(['--format=json', '--columns=name,ofport', 'list', 'interface']);
    const { data } = JSON.parse(text) as { data: [string, unknown][] };
    return new Map(data.flatMap(([name, number]) => (typeof number === 'number' ? [[name, number]] : [])));
  }

  #vsctl(args: readonly string[]): Promise<string> {
    const database = `--db=unix:${join(this.#runDir, 'db.sock')}`;
    return this.#run('ovs-vsctl', [database, `--timeout=${SECONDS_MAX}`, ...args]);
  }
}

function missing(port: string): never {
  throw new Error(`Open vSwitch has made no port ${port}`);
}

function tableOf(name: string, runDir: string): FlowTable {
  return new OpenFlowTable(join(runDir, `${name}.mgmt`));
}
