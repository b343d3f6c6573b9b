import type { Socket } from 'node:net';
import type { Clock } from '@vrouter/service-kit';
import type { Limits } from '../limits.ts';
import type { MessageLimits } from './message-parser.ts';
import { rawBytes, type RawAnswer } from './raw-answer.ts';
import { RequestBuilder, type RawRequest } from './request-builder.ts';

/** Requests that wait for those before them; the client is not read from while there are more. */
const WAITING_MAX = 16;

export interface RawConnectionOptions {
  readonly limits: MessageLimits & Pick<Limits, 'requestMsMax' | 'answerMsMax'>;
  /** For what is about the machine and its connections. */
  readonly clock: Clock;
}

/** Answers a request, closes the connection without a word, or has itself taken care of it and closed it. */
export type Answerer = (request: RawRequest) => Promise<RawAnswer | 'close' | 'taken'>;

/**
 * One client's connection: its requests are carried out one after another. It stays open until the client closes it;
 * `Connection: close` does not count, nor does silence, but a request that has begun must come to its end. Bytes are all that counts, so nothing is ever said about
 * requests that make no sense.
 */
export class RawConnection {
  readonly #socket: Socket;
  readonly #answer: Answerer;
  readonly #waiting: RawRequest[] = [];
  #isWorking = false;
  #isEnding = false;
  /** Set while the rest of a request is to come. */
  #cancelCut: (() => void) | undefined;

  constructor(socket: Socket, answer: Answerer, { limits, clock }: RawConnectionOptions) {
    this.#socket = socket;
    this.#answer = answer;
    const builder = new RequestBuilder(limits);
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      const read = builder.read(bytes);
      if (read === 'too-much') socket.destroy();
      else if (read !== 'incomplete') this.#take(read);
      if (!builder.isMidway) this.#inTime();
      else this.#cancelCut ??= clock.schedule(limits.requestMsMax, () => socket.destroy());
    });
    socket.once('close', () => this.#inTime());
    // Of silence, which is no fault of a client unless it leaves its answer where it is.
    socket.setTimeout(limits.answerMsMax);
    socket.on('timeout', () => {
      if (socket.writableLength > 0) socket.destroy();
    });
    socket.on('error', () => socket.destroy()); // a reset is one way for a client to close
    socket.on('end', () => this.end());
    socket.on('drain', () => this.#readOnIfFree());
  }

  /** Is a request being carried out? */
  get isWorking(): boolean {
    return this.#isWorking;
  }

  /** Closes once what came whole is answered. */
  end(): void {
    this.#isEnding = true;
    if (!this.#isWorking) this.#socket.destroySoon();
  }

  #inTime(): void {
    this.#cancelCut?.();
    this.#cancelCut = undefined;
  }

  #take(request: RawRequest): void {
    this.#waiting.push(request);
    if (this.#waiting.length >= WAITING_MAX) this.#socket.pause();
    if (!this.#isWorking) void this.#work(); // ends with the last request; `answer` never rejects
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let request = this.#waiting.shift(); request !== undefined; request = this.#waiting.shift()) {
      const answer = await this.#answer(request);
      if (answer === 'taken') break;
      if (answer === 'close' || this.#socket.destroyed) {
        this.#socket.destroy();
        break;
      }
      if (!this.#socket.write(rawBytes(answer))) this.#socket.pause();
      this.#readOnIfFree();
    }
    this.#isWorking = false;
    if (this.#isEnding) this.#socket.destroySoon();
  }

  #readOnIfFree(): void {
    if (this.#waiting.length < WAITING_MAX && !this.#socket.writableNeedDrain) this.#socket.resume();
  }
}
