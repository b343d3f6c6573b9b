/** One call of a client. */
export interface Call {
  readonly method: string;
  /** How many calls of this method there were before, from 0. */
  readonly nth: number;
  /** The whole request. */
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Something that goes wrong between a client and vCenter, until it is taken back. Every part may be absent. */
export interface Fault {
  /** Answers in vCenter's place. */
  instead?(call: Call): Answer | undefined;
  /** Changes what vCenter answered. */
  change?(call: Call, answer: Answer): Answer;
  /** Holds the answer back until this resolves. */
  hold?(call: Call): Promise<void> | undefined;
  /** After so many characters of the answer the connection breaks. */
  cutAfter?(call: Call, answer: Answer): number | undefined;
}

/** Limits a fault to some calls: by default, to all calls of a method. */
export interface Which {
  readonly method: string;
  /** Only that many, then no more. */
  readonly times?: number;
}

/** Tells whether a call is one of those, and counts. */
export function matcher({ method, times = Number.POSITIVE_INFINITY }: Which): (call: Call) => boolean {
  let left = times;
  return (call) => {
    if (call.method !== method || left <= 0) return false;
    left -= 1;
    return true;
  };
}
