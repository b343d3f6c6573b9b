import { join } from 'node:path';

/** Folders whose content changes in transactions, and the one beside them where new and old content waits. */
export interface Places {
  readonly ports: string;
  readonly state: string;
  readonly temporary: string;
}

/** A file by folder and name, not by path: a copied state folder must not act on the original. */
export interface Target {
  readonly folder: 'ports' | 'state';
  readonly name: string;
}

/** One file to change. */
export type FileStep =
  | (Target & { readonly kind: 'replace'; readonly text: string })
  /** Nothing happens when there is no such file, or when it is a folder. */
  | (Target & { readonly kind: 'remove' })
  /** `lengthBytes` of the file stay; what lies behind them is overwritten. */
  | (Target & { readonly kind: 'append'; readonly lengthBytes: number; readonly text: string });

/** How to take a step back; doing so twice, or for a step that never happened, changes nothing more. */
export type UndoStep =
  /** `backup` is a name in the temporary folder. */
  | (Target & { readonly kind: 'restore'; readonly backup: string })
  | (Target & { readonly kind: 'discard' })
  | (Target & { readonly kind: 'cut'; readonly lengthBytes: number });

export function pathOf(places: Places, target: Target): string {
  return join(places[target.folder], target.name);
}
