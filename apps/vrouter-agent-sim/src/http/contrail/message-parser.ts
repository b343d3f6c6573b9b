import { METHODS } from 'node:http';

/** What happens in a stream of HTTP requests; text is a character per byte. */
export interface MessageEvents {
  onHead(method: string, url: string): void;
  onBody(piece: string): void;
  /** `isLast`: the client said that it will send no more. */
  onComplete(isLast: boolean): void;
}

export interface MessageLimits {
  readonly headerBytesMax: number;
  readonly bodyBytesMax: number;
}

const REQUEST_LINE = /^([A-Z-]+) +([/*A-Za-z][\x21-\x7e\x80-\xff]*)(?: +HTTP\/(\d{1,3})\.(\d{1,3}))?$/;
const HEADER_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*(.*?)[ \t]*$/;
const CHUNK_SIZE = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?$/;
const METHOD_NAMES = new Set(METHODS);

/** What is wrong with the bytes: no HTTP at all, or more than the limits allow. */
export class NotReadable extends Error {
  readonly isTooMuch: boolean;

  constructor(isTooMuch: boolean) {
    super(isTooMuch ? 'the request is larger than the limits allow' : 'this is not HTTP');
    this.isTooMuch = isTooMuch;
  }
}

type Stage = 'start' | 'headers' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers';

/** Reads HTTP requests as the real agent's parser does: what comes in which piece does not matter to it. */
export class MessageParser {
  readonly #events: MessageEvents;
  readonly #limits: MessageLimits;
  #stage: Stage = 'start';
  /** The beginning of a line whose end has not come. */
  #line = '';
  #requestLine: RegExpExecArray | undefined;
  #headers = new Map<string, string>();
  #headBytes = 0;
  #bodyBytes = 0;
  /** Of the body, or of the chunk. */
  #bytesLeft = 0;

  constructor(events: MessageEvents, limits: MessageLimits) {
    this.#events = events;
    this.#limits = limits;
  }

  /** Has a message begun that is not whole? */
  get isMidway(): boolean {
    return this.#stage !== 'start' || this.#line !== '';
  }

  /** Takes all of `text`. Throws `NotReadable`; the parser is of no use then. */
  read(text: string): void {
    let rest = text;
    while (rest !== '') {
      rest = this.#stage === 'body' || this.#stage === 'chunk' ? this.#readBody(rest) : this.#readLine(rest);
    }
  }

  #readBody(text: string): string {
    const piece = text.slice(0, this.#bytesLeft);
    this.#bytesLeft -= piece.length;
    this.#events.onBody(piece);
    if (this.#bytesLeft === 0) {
      if (this.#stage === 'chunk') this.#stage = 'chunk-end';
      else this.#complete();
    }
    return text.slice(piece.length);
  }

  #readLine(text: string): string {
    const end = text.indexOf('\n');
    this.#line += end === -1 ? text : text.slice(0, end);
    if (this.#headBytes + this.#line.length > this.#limits.headerBytesMax) throw new NotReadable(true);
    if (end === -1) return '';
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    this.#headBytes += this.#line.length;
    this.#line = '';
    this.#takeLine(line);
    return text.slice(end + 1);
  }

  #takeLine(line: string): void {
    switch (this.#stage) {
      case 'start':
        return this.#takeRequestLine(line);
      case 'headers':
        return line === '' ? this.#takeHead() : this.#takeHeader(line);
      case 'chunk-size':
        return this.#takeChunkSize(line);
      case 'chunk-end':
        if (line !== '') throw new NotReadable(false);
        this.#stage = 'chunk-size';
        return;
      case 'trailers':
        if (line === '') this.#complete();
        return;
      case 'body':
      case 'chunk':
        return; // these are no lines
    }
  }

  #takeRequestLine(line: string): void {
    if (line === '') return; // blank lines between requests do not matter
    const match = REQUEST_LINE.exec(line);
    if (match === null || !METHOD_NAMES.has(match[1] ?? '')) throw new NotReadable(false);
    this.#requestLine = match;
    this.#stage = 'headers';
  }

  #takeHeader(line: string): void {
    if (/^[ \t]/.test(line)) return; // goes on with the value before; none that matters has two lines
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new NotReadable(false);
    this.#headers.set(name.toLowerCase(), value);
  }

  #takeHead(): void {
    const [, method = '', url = ''] = this.#requestLine ?? [];
    this.#events.onHead(method, url);
    if (this.#headers.get('transfer-encoding')?.toLowerCase() === 'chunked') {
      this.#stage = 'chunk-size';
      return;
    }
    const length = this.#headers.get('content-length') ?? '0';
    if (!/^\d{1,15}$/.test(length)) throw new NotReadable(false);
    this.#expectBody(Number(length));
    this.#stage = 'body';
    if (this.#bytesLeft === 0) this.#complete();
  }

  #takeChunkSize(line: string): void {
    const size = CHUNK_SIZE.exec(line)?.[1];
    if (size === undefined) throw new NotReadable(false);
    this.#headBytes = 0;
    this.#expectBody(parseInt(size, 16));
    this.#stage = this.#bytesLeft === 0 ? 'trailers' : 'chunk';
  }

  #expectBody(bytes: number): void {
    this.#bytesLeft = bytes;
    this.#bodyBytes += bytes;
    if (this.#bodyBytes > this.#limits.bodyBytesMax) throw new NotReadable(true);
  }

  #complete(): void {
    const isLast = this.#saysLast();
    this.#stage = 'start';
    this.#headers = new Map();
    this.#headBytes = 0;
    this.#bodyBytes = 0;
    this.#events.onComplete(isLast);
  }

  #saysLast(): boolean {
    const [, , , major = '0', minor = '9'] = this.#requestLine ?? [];
    const connection = this.#headers.get('connection')?.toLowerCase();
    if (Number(major) > 0 && Number(minor) > 0) return connection === 'close';
    return connection !== 'keep-alive';
  }
}
