import { readFile, rename, writeFile } from 'node:fs/promises';
import { vcenterSimAvailable } from '../availability.ts';
import { VcenterSimError } from '../errors.ts';
import type { SimInventory } from '../model.ts';
import { startVcenterSim, type VcenterSim } from '../vcenter-sim.ts';
import { changesFor } from './commands.ts';
import { takeCommands } from './control.ts';
import { FIRST_INVENTORY } from './first-inventory.ts';
import { parseInventoryFile } from './inventory-file.ts';
import { changedLines, listing } from './listing.ts';
import { welcome } from './welcome.ts';

export interface ServeOptions {
  /** HOST:PORT */
  readonly listen: string;
  /** In the plugin's format; default: `FIRST_INVENTORY`. */
  readonly inventoryFile?: string;
  /** Written, whole, when clients may come. */
  readonly readyFile?: string;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Serves a vCenter until `signal`. Throws when there is none to be had, and when it ends by itself. */
export async function serve(options: ServeOptions): Promise<void> {
  const { listen, inventoryFile, readyFile, say, signal } = options;
  const inventory = inventoryFile === undefined ? FIRST_INVENTORY : await readInventory(inventoryFile);
  const availability = vcenterSimAvailable();
  if (!availability.available) {
    throw new VcenterSimError('UNAVAILABLE', `${availability.reason}. To get it: ${availability.remedy}`);
  }
  say('Starting vCenter (the first time it is built, which takes half a minute or more) ...');
  const sim = await started(listen, inventory);
  const address = new URL(sim.url).host;
  const control = await takeCommands(address, (words) => obey(sim, words));
  try {
    if (readyFile !== undefined) await writeReadyFile(readyFile, sim);
    say(welcome(sim, address));
    const stopped = new Promise<undefined>((resolve) => {
      if (signal.aborted) resolve(undefined);
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    const words = await Promise.race([stopped, sim.ended]);
    if (words !== undefined && !signal.aborted) {
      throw new VcenterSimError('NOT_RUNNING', `The simulator ended by itself. ${words}`);
    }
  } finally {
    await control.stop();
    await sim.stop();
  }
}

async function obey(sim: VcenterSim, words: readonly string[]): Promise<string> {
  if (words[0] === 'end-sessions') {
    await sim.terminateSessions();
    return 'Every client has to log in again.';
  }
  const before = sim.inventory();
  if (words.join(' ') === 'list') return listing(before);
  await sim.apply(...changesFor(words, before));
  return changedLines(before, sim.inventory());
}

async function started(listen: string, inventory: SimInventory): Promise<VcenterSim> {
  try {
    return await startVcenterSim({ inventory, listen });
  } catch (error) {
    if (!String(error).includes('address already in use')) throw error;
    throw new VcenterSimError('ADDRESS_TAKEN', `Something listens at ${listen} already`, { cause: error });
  }
}

async function writeReadyFile(file: string, { url, username, password, pid }: VcenterSim): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify({ url, username, password, pid }));
  await rename(`${file}.new`, file);
}

async function readInventory(file: string): Promise<SimInventory> {
  try {
    return parseInventoryFile(await readFile(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VcenterSimError('BAD_INVENTORY', `${file}: ${reason}`, { cause: error });
  }
}
