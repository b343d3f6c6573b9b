import { ConformanceError } from '../errors.ts';
import { chunkedBody } from './chunked.ts';
import { header, type Message, type Response } from './message.ts';

const HEAD_BYTES_MAX = 64 * 1024;
const BODY_BYTES_MAX = 64 * 1024 * 1024;
const HEADER_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*$/;
const STATUS_LINE = /^(HTTP\/\d\.\d) (\d{3}) ([\t\x20-\x7e\x80-\xff]*)$/;

/** What may stand at the end of the head: the length of what follows is known, or the message has no body. */
export type WithoutLength = 'malformed' | 'empty';

/**
 * The first message in `bytes`, or undefined while it is not whole. Only `\r\n` ends a line. Throws WIRE_MALFORMED.
 * A message that tells no length has no body (requests), or is malformed (answers on connections that stay open).
 */
export function parseMessage(bytes: Buffer, withoutLength: WithoutLength): Message | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) {
    if (bytes.length > HEAD_BYTES_MAX) throw malformed(`the head is longer than ${HEAD_BYTES_MAX} bytes`);
    return undefined;
  }
  const [startLine = '', ...headerLines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const bad = headerLines.find((line) => !HEADER_LINE.test(line));
  if (bad !== undefined) throw malformed(`not a header: ${JSON.stringify(bad)}`);
  const bodyStart = headEnd + 4;
  const framed = bodyOf(bytes.subarray(bodyStart), { startLine, headerLines }, withoutLength);
  if (framed === undefined) return undefined;
  return { startLine, headerLines, body: framed.body, raw: bytes.subarray(0, bodyStart + framed.length) };
}

/** The first answer in `bytes`, or undefined while it is not whole. Throws WIRE_MALFORMED. */
export function parseResponse(bytes: Buffer): Response | undefined {
  const lineEnd = bytes.indexOf('\r\n');
  const line = lineEnd === -1 ? undefined : STATUS_LINE.exec(bytes.toString('latin1', 0, lineEnd));
  if (line === null) throw malformed(`not a status line: ${JSON.stringify(bytes.toString('latin1', 0, 80))}`);
  const [, version = '', status = '', reason = ''] = line ?? [];
  const hasNoBody = status.startsWith('1') || status === '204' || status === '304';
  const message = parseMessage(bytes, hasNoBody ? 'empty' : 'malformed');
  return message === undefined ? undefined : { ...message, version, status: Number(status), reason };
}

interface Framed {
  readonly body: Buffer;
  /** Bytes on the wire. */
  readonly length: number;
}

function bodyOf(
  bytes: Buffer,
  head: Pick<Message, 'startLine' | 'headerLines'>,
  withoutLength: WithoutLength,
): Framed | undefined {
  if (header(head, 'transfer-encoding')?.toLowerCase() === 'chunked') return chunkedBody(bytes);
  const length = header(head, 'content-length');
  if (length === undefined) {
    if (withoutLength === 'empty') return { body: Buffer.alloc(0), length: 0 };
    throw malformed(`${head.startLine}: neither Content-Length nor chunks`);
  }
  if (!/^\d+$/.test(length) || Number(length) > BODY_BYTES_MAX) {
    throw malformed(`Content-Length: expected 0 to ${BODY_BYTES_MAX}, got ${JSON.stringify(length)}`);
  }
  if (bytes.length < Number(length)) return undefined;
  return { body: bytes.subarray(0, Number(length)), length: Number(length) };
}

function malformed(why: string): ConformanceError {
  return new ConformanceError('WIRE_MALFORMED', why);
}
