import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectorCreated, fault, filterCreated, response, serviceContent } from './answers.ts';

/** A SOAP answer, or another with its status, or no whole one. */
export type Reply =
  | string
  | { readonly status: number; readonly body: string }
  | { readonly fails: 'never comes' | 'breaks off' };

export const HANG: Reply = { fails: 'never comes' };
export const CUT: Reply = { fails: 'breaks off' };

/** What to say to the n-th call of a method, from 0. Undefined: what a vCenter without problems would say. */
export type Script = Readonly<Record<string, (nth: number) => Reply | undefined>>;

export interface Call {
  readonly method: string;
  readonly cookie: string | undefined;
  /** The parameters after `_this`, as they were sent. */
  readonly args: string;
  /** The whole request. */
  readonly body: string;
}

export interface FakeVcenter {
  readonly url: string;
  readonly calls: readonly Call[];
  count(method: string): number;
  stop(): Promise<void>;
}

const USUAL: Readonly<Record<string, Reply>> = {
  RetrieveServiceContent: serviceContent,
  Login: response('Login', '<returnval><key>1</key></returnval>'),
  Logout: response('Logout', ''),
  CreatePropertyCollector: collectorCreated,
  CreateFilter: filterCreated,
  DestroyPropertyFilter: response('DestroyPropertyFilter', ''),
  QueryIpPools: response('QueryIpPools', ''),
  WaitForUpdatesEx: HANG,
};

/** A vCenter that does what no simulator can be brought to: it follows a script. */
export async function startFakeVcenter(script: Script = {}): Promise<FakeVcenter> {
  const calls: Call[] = [];
  const count = (method: string): number => calls.filter((call) => call.method === method).length;
  const handle = (request: IncomingMessage, answer: ServerResponse, body: string): void => {
    const [, method = '', args = ''] =
      /<soapenv:Body><(\w+) [^>]*><_this[^>]*>[^<]*<\/_this>(.*)<\/\1><\/soapenv:Body>/su.exec(body) ?? [];
    const nth = count(method);
    calls.push({ method, cookie: request.headers.cookie, args, body });
    if (method === 'Login') answer.setHeader('set-cookie', `vmware_soap_session="${nth}"; Path=/; HttpOnly`);
    send(answer, script[method]?.(nth) ?? USUAL[method] ?? fault('MethodNotFound'));
  };
  const server = createServer((request, answer) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => handle(request, answer, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sdk`,
    calls,
    count,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(answer: ServerResponse, reply: Reply): void {
  if (typeof reply === 'object' && 'fails' in reply) {
    if (reply.fails === 'never comes') return;
    answer.writeHead(200, { 'content-length': '1000' });
    answer.write('<?xml version="1.0"?><soapenv:', () => answer.destroy());
    return;
  }
  const { status, body } =
    typeof reply === 'string' ? { status: reply.includes(':Fault>') ? 500 : 200, body: reply } : reply;
  answer.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(body);
}
