import { MessageParser, NotReadable, type MessageLimits } from './message-parser.ts';

/** A request as the real agent gets to see it; text is a character per byte. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly body: string;
}

export type Reading = RawRequest | 'incomplete' | 'too-much';

/**
 * Makes requests of what is read from a connection. The real agent looks for a complete request once per read, and
 * starts afresh after one. So requests that share a read become one, with the method and path of the last and the
 * bodies of all, and what stands behind them is lost. The path of a request that was swallowed so stays behind and is
 * put before that of the next one. After anything that is not HTTP a connection is never heard again.
 */
export class RequestBuilder {
  readonly #limits: MessageLimits;
  #parser: MessageParser;
  #request = { method: '', url: '', body: '' };
  #leftUrl = '';
  #isComplete = false;
  /** Nothing more is taken from this read, because its sender said so, or from any, because it made no sense. */
  #isDeaf: 'for-this-read' | 'forever' | undefined;

  constructor(limits: MessageLimits) {
    this.#limits = limits;
    this.#parser = this.#newParser();
  }

  /** Does it wait for the rest of a request? */
  get isMidway(): boolean {
    return this.#isDeaf === undefined && this.#parser.isMidway;
  }

  /** What one read brought. */
  read(bytes: Buffer): Reading {
    if (this.#isDeaf === 'forever') return 'incomplete';
    try {
      this.#parser.read(bytes.toString('latin1'));
    } catch (error) {
      if (!(error instanceof NotReadable)) throw error;
      if (error.isTooMuch) return 'too-much';
      this.#isDeaf = 'forever';
    }
    if (!this.#isComplete) return 'incomplete';
    const { method, url, body } = this.#request;
    this.#startAfresh();
    return { method, body, ...split(url) };
  }

  #startAfresh(): void {
    this.#parser = this.#newParser();
    this.#request = { method: '', url: '', body: '' };
    this.#isComplete = false;
    this.#isDeaf = undefined;
  }

  #newParser(): MessageParser {
    const ifHeard = <T extends unknown[]>(action: (...values: T) => void) => {
      return (...values: T): void => {
        if (this.#isDeaf === undefined) action(...values);
      };
    };
    return new MessageParser(
      {
        onHead: ifHeard((method: string, url: string) => {
          const { url: left } = this.#request;
          this.#request = { ...this.#request, method, url: this.#leftUrl + url };
          this.#leftUrl = left;
        }),
        onBody: ifHeard((piece: string) => {
          this.#request.body += piece;
        }),
        onComplete: ifHeard((isLast: boolean) => {
          this.#isComplete = true;
          if (isLast) this.#isDeaf = 'for-this-read';
        }),
      },
      this.#limits,
    );
  }
}

function split(url: string): { path: string; query: string } {
  const [, path = '', query = ''] = /^(?:[A-Za-z]+:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  return { path, query };
}
