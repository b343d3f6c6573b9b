/** A request, to be written as it stands here: nothing is added but what these fields say. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** Text or bytes, sent as they are; undefined for none. */
  readonly body?: string | Buffer | undefined;
  /** Whole lines, after `Host`. Default: none. */
  readonly headerLines?: readonly string[];
  /** Default `1.1`. */
  readonly version?: '1.0' | '1.1';
  /** undefined for none; default: the length of the body, if there is one. */
  readonly contentLength?: number | undefined;
}

/** The head of `request` with its empty line. */
export function headOf(request: Request, host: string): Buffer {
  const { method, path, version = '1.1', headerLines = [] } = request;
  const length = 'contentLength' in request ? request.contentLength : lengthOf(request.body);
  const lines = [`${method} ${path} HTTP/${version}`, `Host: ${host}`, ...headerLines];
  if (length !== undefined) lines.push(`Content-Length: ${length}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

export function bytesOf(request: Request, host: string): Buffer {
  return Buffer.concat([headOf(request, host), Buffer.from(request.body ?? '')]);
}

function lengthOf(body: string | Buffer | undefined): number | undefined {
  return body === undefined ? undefined : Buffer.byteLength(body);
}
