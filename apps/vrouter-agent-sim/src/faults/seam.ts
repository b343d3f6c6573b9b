/**
 * Where faults meet a server: both kinds of server ask `seam.intercept` per request, and it is undefined while no rule
 * is armed, so that nothing of this is in the way then.
 */
export interface HttpSeam {
  readonly intercept: Intercept | undefined;
}

/** A request that came whole. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Address of the other side. */
  readonly client: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The connection under a request. */
export interface Wire {
  /** `answer` as this server would send it. */
  bytesOf(answer: Answer): Buffer;
  /** Resolves when the bytes left this process, or never will. */
  write(bytes: Buffer): Promise<void>;
  /** Ends the connection once what was written has left. */
  close(): void;
  /** Ends it with a TCP reset. */
  reset(): void;
}

/** Carries a request out; resolves to its answer, or to undefined when there is to be none. */
export type Perform = () => Promise<Answer | undefined>;

/**
 * Resolves to the answer to be sent, or to undefined when the wire was taken care of. `perform` is called once or not
 * at all. Never rejects.
 */
export type Intercept = (request: SeenRequest, perform: Perform, wire: Wire) => Promise<Answer | undefined>;
