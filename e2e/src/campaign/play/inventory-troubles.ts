import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { inventoryYaml } from '../../world/file-inventory.ts';
import type { VsphereInventory } from '../../world/vsphere-inventory.ts';
import type { FileTrouble, VcenterTrouble } from '../plan/plan.ts';
import type { Stage } from '../stage/stage.ts';

const GARBAGE = ['', 'hosts: [', 'vms: 7\n', '\u0000'.repeat(100)];

/** Plays one trouble of vCenter; nobody changes anything in it meanwhile. */
export async function playVcenterTrouble(
  stage: Stage,
  vcenter: VsphereInventory,
  { kind, forMs }: VcenterTrouble,
): Promise<void> {
  if (kind === 'sessions') return vcenter.sim.terminateSessions();
  return stage.turns.take(async () => {
    if (kind === 'kill') await vcenter.vanish();
    else vcenter.sim.pause();
    await sleep(forMs);
    if (kind === 'kill') await vcenter.comeBack([]);
    else vcenter.sim.resume();
  });
}

/** An inventory file that somebody has spoiled, until it is written anew. */
export async function playFileTrouble(stage: Stage, { forMs, number }: FileTrouble): Promise<void> {
  const { inventory } = stage.world;
  const path = String(inventory.pluginSection['path']);
  return stage.turns.take(async () => {
    writeFileSync(path, GARBAGE[number % GARBAGE.length] ?? '');
    await sleep(forMs);
    writeFileSync(path, inventoryYaml(inventory.picture));
  });
}
