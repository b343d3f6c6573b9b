export type ServerKind = 'journal' | 'file' | 'memory';

export type ServerQuestion = 'sweep' | 'stop';

export type ServerAnswer =
  | { readonly kind: 'ready'; readonly url: string; readonly loadMs: number }
  | { readonly kind: 'swept'; readonly blockedMs: number }
  | { readonly kind: 'stopped' };

/** One burst of adds. */
export interface LoadJob {
  readonly url: string;
  readonly connections: number;
  readonly requests: number;
  readonly portsPerRequest: number;
  /** Number of the first port; each has an own number. */
  readonly firstNumber: number;
}

export interface LoadResult {
  readonly tookMs: number;
  readonly portsPerSecond: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number };
}
