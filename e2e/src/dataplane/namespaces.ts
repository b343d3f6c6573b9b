import { readdirSync, readFileSync } from 'node:fs';
import { waitFor } from '@vrouter/testkit';
import { command } from './command.ts';

/** Where `ip netns` keeps them. */
const FOLDER = '/run/netns';
/** Before the names of all that we make: nothing else is ever touched. */
const PREFIX = 'vrdp';

let made = 0;

/** Network namespaces with a common name: one for switches, one for each machine. */
export class Namespaces {
  /** Namespace of the switches, and what the names of all others begin with. */
  readonly base: string;
  readonly #names = new Set<string>();

  constructor() {
    this.base = `${PREFIX}-${ownerOf(process.pid)}-${++made}`;
  }

  /** Makes namespaces; '' is the one of the switches. */
  async add(names: readonly string[]): Promise<void> {
    await Promise.all(
      names.map(async (name) => {
        this.#names.add(name);
        await command('ip', ['netns', 'add', this.name(name)]);
        await this.batch(name, ['link set lo up']);
      }),
    );
  }

  name(name: string): string {
    return name === '' ? this.base : `${this.base}-${name}`;
  }

  /** Lines for `ip -batch`, in the namespace `name`. */
  async batch(name: string, lines: readonly string[]): Promise<void> {
    await command('ip', ['-n', this.name(name), '-batch', '-'], `${lines.join('\n')}\n`);
  }

  /** What to run instead of `program` so that it runs in the namespace `name`. */
  inside(name: string, program: string, args: readonly string[]): readonly [string, readonly string[]] {
    return ['nsenter', [`--net=${FOLDER}/${this.name(name)}`, program, ...args]];
  }

  /** Ends what still runs in them, and removes them; their interfaces go with them. */
  async remove(): Promise<void> {
    for (const name of this.#names) await removeNamespace(this.name(name));
    this.#names.clear();
  }
}

/**
 * Removes what runs of earlier processes left behind when they were killed: namespaces of ours whose owner is no more,
 * and the processes in them. Returns their names.
 */
export async function sweepLeftovers(): Promise<readonly string[]> {
  const left = existing().filter((name) => !isAlive(name));
  await Promise.all(left.map(removeNamespace));
  return left;
}

function existing(): readonly string[] {
  try {
    return readdirSync(FOLDER).filter((name) => name.startsWith(`${PREFIX}-`));
  } catch {
    return []; // nobody has made any yet
  }
}

/** Two runs may sweep at the same time: one that is gone already is fine. */
async function removeNamespace(name: string): Promise<void> {
  try {
    await waitFor(async () => !existing().includes(name) || (await endProcessesIn(name)) === 0, {
      what: `the processes in ${name} to end`,
    });
    if (existing().includes(name)) await command('ip', ['netns', 'delete', name]);
  } catch (error) {
    if (existing().includes(name)) throw error;
  }
}

/** Kills what runs in the namespace, and says how many processes there were. */
async function endProcessesIn(name: string): Promise<number> {
  const pids = (await command('ip', ['netns', 'pids', name])).split('\n').filter(Boolean).map(Number);
  for (const pid of pids) kill(pid);
  return pids.length;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has just ended by itself
  }
}

/** Pid and time of start, since pids are used again. */
function ownerOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name of the program, which may hold anything, in parentheses; the start is field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${pid}-${fields[19] ?? ''}`;
}

function isAlive(name: string): boolean {
  const [, pid = '', start = ''] = name.split('-');
  try {
    return ownerOf(Number(pid)) === `${pid}-${start}`;
  } catch {
    return false;
  }
}
