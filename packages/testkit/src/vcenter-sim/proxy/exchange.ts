import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Answer } from './fault.ts';

export interface Forwarded extends Answer {
  readonly cookies?: readonly string[];
}

/** Passes a call on; when the client hangs up, so do we. */
export function forward(
  target: string,
  from: IncomingMessage,
  to: ServerResponse,
  body: string,
): Promise<Forwarded> {
  return new Promise((resolve, reject) => {
    const { 'content-type': type = '', soapaction = '', cookie } = from.headers;
    const headers = { 'content-type': type, soapaction, ...(cookie !== undefined && { cookie }) };
    const onward = request(target, { method: 'POST', headers, agent: false }, (answer) => {
      textOf(answer).then((text) => {
        const { statusCode: status = 502, headers } = answer;
        resolve({ status, body: text, cookies: headers['set-cookie'] ?? [] });
      }, reject);
    });
    to.once('close', () => onward.destroy());
    onward.on('error', reject).end(body);
  });
}

export function send(
  to: ServerResponse,
  { status, body }: Answer,
  cookies: readonly string[],
  cut: number | undefined,
): void {
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    'set-cookie': [...cookies],
  };
  if (cut === undefined) {
    to.writeHead(status, headers).end(body);
    return;
  }
  to.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  to.write(body.slice(0, cut), () => to.destroy());
}

export async function textOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const piece of stream) text += piece as string;
  return text;
}
