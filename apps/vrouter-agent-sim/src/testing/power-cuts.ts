import { ALL_LUCK, type CrashDisk, type Luck } from './crash-disk.ts';

export interface PowerCut {
  readonly luck: Luck;
  /** As the next start finds it. */
  readonly disk: CrashDisk;
}

/** What a power cut now may leave of `disk`: each different outcome once. */
export function powerCuts(disk: CrashDisk): PowerCut[] {
  const cuts = new Map<string, PowerCut>();
  for (const luck of ALL_LUCK) {
    const after = disk.afterPowerCut(luck);
    const { fingerprint } = after;
    if (!cuts.has(fingerprint)) cuts.set(fingerprint, { luck, disk: after });
  }
  return [...cuts.values()];
}
