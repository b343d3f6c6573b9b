import { existsSync, readFileSync } from 'node:fs';

/** One agent of a process that may be several. */
export interface ReadyAgent {
  readonly name: string;
  readonly url: string;
  /** What stands before `/admin/...` for this agent. */
  readonly adminUrl: string;
  /** Absent when it was not asked for. */
  readonly introspectUrl?: string;
}

/** What our processes write, atomically, when they are ready. The plugin writes `url`, `pid` and `version` only. */
export interface ReadyInfo {
  readonly url: string;
  readonly adminUrl: string;
  readonly pid: number;
  readonly version: string;
  readonly profile: string;
  readonly agents: readonly ReadyAgent[];
}

/** The parsed ready file, or undefined while there is none. */
export function readReadyFile(path: string): ReadyInfo | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ReadyInfo) : undefined;
}
