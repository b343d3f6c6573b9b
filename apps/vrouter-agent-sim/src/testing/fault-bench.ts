import { samplePort } from '@vrouter/testkit';
import { expect } from 'vitest';
import type { Rule } from '../faults/rules.ts';
import { LiveAgent } from './live-agent.ts';
import { rawConnection, received } from './raw-exchange.ts';

export const A = samplePort(1);
export const B = samplePort(2);
export const OK = { status: 200, body: {} };

type Report = readonly (Rule & { readonly seen: number; readonly fired: number })[];

/** An agent, faults in it, and what a client gets to see of them. */
export class FaultBench {
  readonly agent: LiveAgent;

  constructor(settings: ConstructorParameters<typeof LiveAgent>[0] = {}) {
    this.agent = new LiveAgent(settings);
  }

  /** Each rule as clients write it. */
  async arm(...rules: unknown[]): Promise<void> {
    const answer = await this.agent.admin('/admin/faults', 'PUT', { seed: 1, rules });
    expect(answer).toMatchObject({ status: 200 });
  }

  async disarm(): Promise<void> {
    await this.agent.admin('/admin/faults', 'DELETE');
  }

  async report(): Promise<Report> {
    return ((await this.agent.admin('/admin/faults')).body as { rules: Report }).rules;
  }

  /** What comes over the wire for `POST /port` until the server closes. */
  addRaw(port: object = A): Promise<string> {
    const body = JSON.stringify(port);
    const head = `POST /port HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
    const socket = rawConnection(this.agent.url);
    const all = received(socket);
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      const [, length, rest = ''] = /content-length: (\d+)\r\n(?:.*?\r\n)??\r\n(.*)$/is.exec(text) ?? [];
      if (rest.length >= Number(length)) socket.end(); // the real agent does not heed `Connection: close`
    });
    socket.write(head + body);
    return all;
  }

  add(port: object = A) {
    return this.agent.call('POST', '/port', port);
  }

  async ids(): Promise<string[]> {
    return (await this.agent.state()).ports.map(({ id }) => id);
  }
}

/** Runs `use` on a bench of each kind of server, and cleans up. */
export async function onBothServers(use: (bench: FaultBench) => Promise<void>): Promise<void> {
  for (const profile of ['blueprint', 'tf']) await onBench(use, { profile });
}

export async function onBench(
  use: (bench: FaultBench) => Promise<void>,
  settings: ConstructorParameters<typeof LiveAgent>[0] = {},
): Promise<void> {
  const bench = new FaultBench(settings);
  try {
    await bench.agent.start();
    await use(bench);
  } finally {
    await bench.agent.remove();
  }
}
