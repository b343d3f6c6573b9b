import { ConformanceError } from '../errors.ts';

/** A body in chunks at the start of `bytes`, without trailers; undefined while it is not whole. Throws WIRE_MALFORMED. */
export function chunkedBody(bytes: Buffer): { body: Buffer; length: number } | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const sizeText = bytes.toString('latin1', at, lineEnd);
    if (!/^[0-9a-fA-F]{1,8}$/.test(sizeText)) {
      throw new ConformanceError('WIRE_MALFORMED', `not a chunk size: ${JSON.stringify(sizeText)}`);
    }
    const size = Number.parseInt(sizeText, 16);
    const start = lineEnd + 2;
    const end = start + size + 2;
    if (bytes.length < end) return undefined;
    if (bytes.toString('latin1', end - 2, end) !== '\r\n') {
      throw new ConformanceError('WIRE_MALFORMED', `a chunk of ${size} bytes does not end after them`);
    }
    if (size === 0) return { body: Buffer.concat(chunks), length: end };
    chunks.push(bytes.subarray(start, end - 2));
    at = end;
  }
}

/** `body` in chunks of `sizeBytes`. */
export function inChunks(body: Buffer, sizeBytes: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += sizeBytes) {
    const chunk = body.subarray(at, at + sizeBytes);
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}
