import { join } from 'node:path';
import { cookieOf, flowText, type Flow } from '../flows/flow.ts';
import { TRUNK } from '../flows/desired-flows.ts';
import { trunkPeerPort, trunkPort, linkPort } from './port-names.ts';
import type { RunTool } from './run-tool.ts';

/** Bundles, which change all flows or none, exist since OpenFlow 1.4. */
const PROTOCOL = 'OpenFlow14';
const SECONDS_MAX = 4;

/** Where the data plane puts its flows. */
export interface Bridge {
  readonly name: string;
  /**
   * Makes the bridge, its trunk and a link to each of `peers` (names of bridges), and returns the links' numbers. What
   * is installed is read anew after it.
   */
  ensure(peers: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Makes the installed flows equal to `flows` in one step, and says how many it had to change. */
  become(flows: readonly Flow[]): Promise<number>;
}

/** A bridge of its own in the Open vSwitch whose sockets lie in `runDir`; in userspace, so no kernel module is needed. */
export class OvsBridge implements Bridge {
  readonly name: string;
  readonly #runDir: string;
  readonly #run: RunTool;
  /** Cookies of the flows that are installed, as far as we know; undefined: they have to be read. */
  #installed: ReadonlySet<string> | undefined;

  constructor(name: string, runDir: string, run: RunTool) {
    this.name = name;
    this.#runDir = runDir;
    this.#run = run;
  }

  async ensure(peers: readonly string[]): Promise<ReadonlyMap<string, number>> {
    this.#installed = undefined;
    const links = peers.map((peer) => [peer, linkPort(this.name, peer)] as const);
    // Secure: without a flow nothing passes, as when nobody has programmed the bridge yet.
    const settings = ['datapath_type=netdev', 'fail_mode=secure', `protocols=[OpenFlow10,${PROTOCOL}]`];
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
    const installed =
      this.#installed ?? cookiesIn(await this.#ofctl(['dump-flows', '--no-stats', this.#address]));
    this.#installed = undefined; // unknown again, should the change fail
    const lines = [
      ...[...installed]
        .filter((cookie) => !desired.has(cookie))
        .map((cookie) => `delete cookie=${cookie}/-1`),
      ...[...desired].filter(([cookie]) => !installed.has(cookie)).map(([, flow]) => `add ${flowText(flow)}`),
    ];
    if (lines.length > 0)
      await this.#ofctl(['--bundle', 'add-flows', this.#address, '-'], `${lines.join('\n')}\n`);
    this.#installed = new Set(desired.keys());
    return lines.length;
  }

  get #address(): string {
    return `unix:${join(this.#runDir, `${this.name}.mgmt`)}`;
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

  #ofctl(args: readonly string[], input?: string): Promise<string> {
    return this.#run('ovs-ofctl', [`--timeout=${SECONDS_MAX}`, '-O', PROTOCOL, ...args], input);
  }
}

/** The cookies in a dump of flows; one without is 0. */
export function cookiesIn(dump: string): ReadonlySet<string> {
  const lines = dump.split('\n').filter((line) => line.includes('actions='));
  return new Set(lines.map((line) => /cookie=(0x[0-9a-f]+)/.exec(line)?.[1] ?? '0x0'));
}

function missing(port: string): never {
  throw new Error(`Open vSwitch has made no port ${port}`);
}
