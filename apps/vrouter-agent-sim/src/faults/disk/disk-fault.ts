/** Calls of the store that change a disk. */
export const DISK_CALLS = [
  'makeFolder',
  'write',
  'writeAt',
  'truncate',
  'link',
  'rename',
  'unlink',
  'syncFolder',
  'syncFile',
  'openFile',
  'datasync',
  'stage',
  'publish',
  'discard',
] as const;
export type DiskCallName = (typeof DISK_CALLS)[number];

export interface DiskCall {
  readonly name: DiskCallName;
  readonly path: string;
}

/** What happens around a call. */
export interface DiskFault {
  /** Which it is for. */
  readonly calls: readonly DiskCallName[];
  /** Only before calls that may take their time. */
  readonly wait?: () => Promise<void>;
  /** `before` strikes when the file is there already and half of it is written. */
  readonly isMidway?: boolean;
  /** Throws what the platform would. */
  readonly before?: (call: DiskCall) => void;
  readonly after?: () => void;
}

/** The faults that fire for a call. */
export type DiskGate = (call: DiskCall) => readonly DiskFault[];

/** An error as the platform throws it. */
export function diskError(code: string, text: string, { name, path }: DiskCall): Error {
  return Object.assign(new Error(`${code}: ${text}, ${name} '${path}'`), { code });
}
