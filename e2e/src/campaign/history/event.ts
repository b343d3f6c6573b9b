import type { Ask } from '@vrouter/testkit/history';

/** A port in an agent's table, as `GET /admin/state` shows it. */
export interface SeenPort {
  readonly port: Readonly<Record<string, unknown>>;
  readonly linkState: number;
}

/** One thing that happened, as it was seen from between plugin and agents, or as the campaign did it. */
export type Happening =
  /** A request is on its way to the agent, from now on. */
  | { readonly kind: 'asked'; readonly agent: string; readonly key: number; readonly ask: Ask }
  /** What came of it; null: the connection broke. */
  | {
      readonly kind: 'answered';
      readonly agent: string;
      readonly key: number;
      readonly status: number | null;
    }
  /** Its process is gone, and whatever it was asked is over. */
  | { readonly kind: 'died'; readonly agent: string }
  /** Its process is about to be started. */
  | { readonly kind: 'starting'; readonly agent: string }
  /** Its answers may be lies from now on, or no more. */
  | { readonly kind: 'lying'; readonly agent: string; readonly isLying: boolean }
  /** Its clock is set forward. */
  | { readonly kind: 'clock'; readonly agent: string; readonly advanceMs: number }
  /** What it holds, while nothing is asked of it. */
  | {
      readonly kind: 'table';
      readonly agent: string;
      readonly ports: Readonly<Record<string, SeenPort>>;
    }
  | { readonly kind: 'plugin-starting' }
  /** Addresses that were not free in the config API at some moment since `sinceMs`, each after the id of its network. */
  | { readonly kind: 'addresses'; readonly sinceMs: number; readonly taken: readonly string[] }
  /** For people. */
  | { readonly kind: 'note'; readonly text: string };

export type HistoryEvent = Happening & {
  /** Milliseconds since the history began. */
  readonly atMs: number;
};
