/** OpenFlow 1.4, the first version with bundles, which change all flows or none. */
const VERSION = 5;
const HEADER_BYTES = 8;

/** The kinds of messages that we send or understand; all others are passed over. */
export const TYPE = {
  hello: 0,
  error: 1,
  echoRequest: 2,
  echoReply: 3,
  flowMod: 14,
  multipartRequest: 18,
  multipartReply: 19,
  bundleControl: 33,
  bundleAdd: 34,
} as const;

export interface Message {
  readonly type: number;
  /** Ties an answer to its request. */
  readonly id: number;
  readonly body: Buffer;
}

export function encodeMessage({ type, id, body }: Message): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(VERSION, 0);
  header.writeUInt8(type, 1);
  header.writeUInt16BE(HEADER_BYTES + body.length, 2);
  header.writeUInt32BE(id, 4);
  return Buffer.concat([header, body]);
}

/** The whole messages in `bytes`, and what is left. Throws when it is not OpenFlow. */
export function decodeMessages(bytes: Buffer): {
  readonly messages: readonly Message[];
  readonly rest: Buffer;
} {
  const messages: Message[] = [];
  let at = 0;
  while (bytes.length - at >= HEADER_BYTES) {
    const length = bytes.readUInt16BE(at + 2);
    if (length < HEADER_BYTES)
      throw new Error(`expected an OpenFlow message of ${HEADER_BYTES} bytes or more, got ${length}`);
    if (bytes.length - at < length) break;
    const body = bytes.subarray(at + HEADER_BYTES, at + length);
    messages.push({ type: bytes.readUInt8(at + 1), id: bytes.readUInt32BE(at + 4), body });
    at += length;
  }
  return { messages, rest: bytes.subarray(at) };
}

/** Numbers, big-endian, each with its size in bytes; null bytes for a value of 0. */
export function pack(
  ...fields: readonly (readonly [bytes: 1 | 2 | 4 | 8, value: number | bigint])[]
): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) buffer.writeBigUInt64BE(BigInt(value), at);
    else buffer.writeUIntBE(Number(value), at, bytes);
    at += bytes;
  }
  return buffer;
}

/** `buffer` with null bytes up to a multiple of 8, as most of OpenFlow's parts want it. */
export function padded(buffer: Buffer): Buffer {
  return Buffer.concat([buffer, Buffer.alloc((8 - (buffer.length % 8)) % 8)]);
}
