import type { Said } from '@vrouter/testkit/history';

/** A request as it comes to an agent. */
export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

/** Carries a request out; `close`: no answer. */
export type Rest = (request: WireRequest) => Promise<WireAnswer | 'close'>;

/** What the agent says with it about a change. */
export function saidBy(answer: WireAnswer | 'close'): Said {
  if (answer === 'close') return 'unknown';
  if (answer.status === 200) return 'done';
  return answer.status === 404 || /not found/i.test(answer.text) ? 'absent' : 'not-done';
}
