import type { XmlElement } from '../xml/element.ts';
import { xmlReader, type Sieve } from '../xml/parse.ts';
import type { Reference } from '../xml/write.ts';
import { openEnvelope, requestEnvelope, SOAP_ACTION } from './envelope.ts';
import type { Transport } from './transport.ts';

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  /** What of the answer is not in the result. */
  readonly sieve?: Sieve;
}

/** Calls methods of vCenter's objects, within one session. */
export class SoapClient {
  readonly #transport: Transport;
  #cookie: string | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Of the session, once there is one. */
  get cookie(): string | undefined {
    return this.#cookie;
  }

  /** The `…Response` element. Throws what the transport throws, `FAULT` and `BAD_ANSWER`. */
  async call(method: string, self: Reference, args: string, options: CallOptions): Promise<XmlElement> {
    const reader = xmlReader(options.sieve);
    const headers: Record<string, string> = {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${SOAP_ACTION}"`,
    };
    if (this.#cookie !== undefined) headers.cookie = this.#cookie;
    const answer = await this.#transport.post({
      headers,
      body: requestEnvelope(method, self, args),
      timeoutMs: options.timeoutMs,
      signal: options.signal,
      onText: (text) => reader.write(text),
    });
    const response = openEnvelope(reader.close(), method);
    this.#cookie = answer.cookies.map((cookie) => cookie.split(';', 1)[0])[0] ?? this.#cookie;
    return response;
  }

  /** A login with a live session's cookie is refused. */
  forgetSession(): void {
    this.#cookie = undefined;
  }
}
