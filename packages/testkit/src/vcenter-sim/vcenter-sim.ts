import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.ts';
import { buildVcenterSim } from './build.ts';
import { OperatorConnection } from './connection.ts';
import { VcenterSimError } from './errors.ts';
import type { SimChange, SimIds, SimInventory } from './model.ts';
import { Operator } from './operator.ts';
import { SimProcess } from './sim-process.ts';
import { Site } from './site.ts';
import { World } from './world.ts';

export interface VcenterSimOptions {
  /** What exists from the start; default: nothing but an empty cluster. */
  readonly inventory?: SimInventory;
  /** HOST:PORT for clients; default: a free port of 127.0.0.1. */
  readonly listen?: string;
  /** Default: `user` and `pass`. */
  readonly username?: string;
  readonly password?: string;
  /** The session of a client that is silent for longer ends. */
  readonly sessionIdleMs?: number;
  /** Serve over TLS, with a certificate for these names; `authorityPem` is what to trust. */
  readonly tlsNames?: readonly string[];
  /** A generated inventory besides: the VMs are on, all with one MAC, on the first port group (there must be one). */
  readonly generated?: { readonly hosts: number; readonly vms: number; readonly portGroups: number };
}

/** A running vCenter, and its operator. */
export interface VcenterSim {
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Name of the one data centre. */
  readonly datacenter: string;
  /** With `tlsNames`: the authority that signed the certificate. */
  readonly authorityPem: string | undefined;
  readonly pid: number;
  /** Resolves with its last words when this life of it ends, for whatever reason. */
  readonly ended: Promise<string>;
  /** What is known by name now. */
  inventory(): Required<SimInventory>;
  ids(): SimIds;
  /** Adds hosts, then networks, then VMs. */
  populate(inventory: SimInventory): Promise<SimIds>;
  /** Does one thing after the other; clients are told of each. */
  apply(...changes: readonly SimChange[]): Promise<SimIds>;
  /** Ends the sessions of all clients. */
  terminateSessions(): Promise<void>;
  /** SIGKILL. The inventory is remembered, for `restart`. */
  kill(): Promise<void>;
  /**
   * A new process at the same URL, with the same references; clients get in once the inventory is all there.
   * `edit` changes what it comes back with.
   */
  restart(edit?: (inventory: Required<SimInventory>) => SimInventory): Promise<SimIds>;
  /** Stops answering without closing anything. */
  pause(): void;
  resume(): void;
  /** Ends the process and removes its files; twice is fine. */
  stop(): Promise<void>;
}

/** Starts govmomi's vCenter simulator, built if need be (which takes up to a minute, once). */
export async function startVcenterSim(options: VcenterSimOptions = {}): Promise<VcenterSim> {
  const program = await buildVcenterSim();
  const sim = new Sim(program, options);
  try {
    await sim.restart((nothing) => options.inventory ?? nothing);
  } catch (error) {
    await sim.stop();
    throw error;
  }
  return sim;
}

/** From start to stop or kill. */
interface Life {
  readonly process: SimProcess;
  readonly connection: OperatorConnection;
  readonly operator: Operator;
}

class Sim implements VcenterSim {
  readonly username: string;
  readonly password: string;
  readonly datacenter = 'DC0';
  readonly #program: string;
  readonly #options: VcenterSimOptions;
  readonly #world = new World();
  readonly #folder = temporaryFolder();
  #lives = 0;
  #url = '';
  #running: Life | undefined;
  /** Operators take turns: tasks of two would mix up the numbers that references are made of. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(program: string, options: VcenterSimOptions) {
    this.#program = program;
    this.#options = options;
    this.username = options.username ?? 'user';
    this.password = options.password ?? 'pass';
  }

  get url(): string {
    return this.#url;
  }

  get pid(): number {
    return this.#live().process.listening.pid;
  }

  get ended(): Promise<string> {
    return this.#live().process.ended;
  }

  get authorityPem(): string | undefined {
    if (this.#options.tlsNames === undefined) return undefined;
    return readFileSync(join(this.#folder.path, 'authority.pem'), 'utf8');
  }

  inventory(): Required<SimInventory> {
    return this.#world.inventory();
  }

  ids(): SimIds {
    return this.#world.ids();
  }

  populate(inventory: SimInventory): Promise<SimIds> {
    return this.#inTurn(() => this.#live().operator.populate(inventory));
  }

  apply(...changes: readonly SimChange[]): Promise<SimIds> {
    return this.#inTurn(async () => {
      for (const change of changes) await this.#live().operator.apply(change);
    });
  }

  async terminateSessions(): Promise<void> {
    await this.#live().connection.terminateOtherSessions();
  }

  async kill(): Promise<void> {
    const { process } = this.#live();
    this.#running = undefined;
    await process.kill();
  }

  async restart(edit?: (inventory: Required<SimInventory>) => SimInventory): Promise<SimIds> {
    if (this.#running !== undefined) await this.kill();
    if (edit !== undefined) this.#world.replace(edit(this.#world.inventory()));
    return this.#inTurn(() => this.#begin());
  }

  pause(): void {
    this.#live().process.pause();
  }

  resume(): void {
    this.#live().process.resume();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.process.stop();
    this.#folder.remove();
  }

  async #begin(): Promise<void> {
    this.#lives += 1;
    const home = join(this.#folder.path, String(this.#lives));
    const datastore = join(home, 'datastore');
    mkdirSync(datastore, { recursive: true });
    const process = await SimProcess.start(this.#program, this.#args(), home);
    try {
      const connection = new OperatorConnection(process.listening.operator, this.username, this.password);
      const operator = new Operator(await Site.open(connection, this.#world, datastore));
      await operator.rebuild();
      this.#url = (JSON.parse(await connection.door('open')) as { url: string }).url;
      this.#running = { process, connection, operator };
    } catch (error) {
      await process.kill();
      throw error;
    }
  }

  #args(): string[] {
    const { generated, sessionIdleMs, tlsNames } = this.#options;
    const args = ['-hold', '-username', this.username, '-password', this.password];
    args.push('-l', this.#url === '' ? (this.#options.listen ?? '127.0.0.1:0') : new URL(this.#url).host);
    if (sessionIdleMs !== undefined) args.push('-session-idle', `${sessionIdleMs}ms`);
    if (tlsNames !== undefined) args.push('-tls-dir', this.#folder.path, '-tls-names', tlsNames.join(','));
    const { hosts, vms, portGroups } = generated ?? { hosts: 0, vms: 0, portGroups: 0 };
    args.push('-cluster', '1', '-host', String(hosts), '-standalone-host', '0');
    args.push('-vm', String(vms), '-pg', String(portGroups));
    return args;
  }

  #live(): Life {
    if (this.#running === undefined) throw new VcenterSimError('NOT_RUNNING', 'The simulator is down');
    return this.#running;
  }

  #inTurn(action: () => Promise<void>): Promise<SimIds> {
    const result = this.#turn
      .then(action)
      .then(() => this.#world.ids())
      .catch((error: unknown) => {
        if (error instanceof VcenterSimError) throw error;
        // Whatever broke the connection, a panic of the simulator for instance, is in its log.
        const words = this.#running?.process.words() ?? '';
        throw new VcenterSimError('REFUSED', `${String(error)}; ${words}`, { cause: error });
      });
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
