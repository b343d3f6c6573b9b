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
