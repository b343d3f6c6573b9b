/** An answer; `body` is a character per byte. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/** All that the real agent ever sends: the reason is `OK` whatever the status, the version 1.1 whatever was asked. */
export function rawBytes({ status, body }: RawAnswer): Buffer {
  const head = [
    `HTTP/1.1 ${status} OK`,
    'Content-Type: application/json; charset=UTF-8',
    `Content-Length: ${body.length}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
}
