/** One HTTP/1.1 message as it was on the wire. */
export interface Message {
  readonly startLine: string;
  /** Without the line ends, in the order in which they came. */
  readonly headerLines: readonly string[];
  /** Decoded, if it came in chunks. */
  readonly body: Buffer;
  /** Every byte, as it came. */
  readonly raw: Buffer;
}

export interface Response extends Message {
  /** `HTTP/1.1`. */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
}

/** The trimmed value of the first header called `name` (in lower case), or undefined. */
export function header(message: Pick<Message, 'headerLines'>, name: string): string | undefined {
  for (const line of message.headerLines) {
    const colon = line.indexOf(':');
    if (line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}
