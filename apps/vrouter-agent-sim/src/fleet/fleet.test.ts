import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger, systemClock } from '@vrouter/service-kit';
import { samplePort, temporaryFolder } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Config } from '../config.ts';
import { startAgent } from '../start.ts';
import { nodeFileSystem } from '../store/file-system.ts';
import { configsOfAgents } from './configs-of-agents.ts';
import { fillTemplate } from './listen-template.ts';

const config = (settings: Record<string, unknown>) => Config.parse({ stateDir: 'x', ...settings });

test('a template without a sum in its braces, or that divides by zero, is refused', () => {
  for (const bad of ['{}', '{j}', '{i+}', '{2i}', '{i i}', '{i**2}', '{-}', '{5%i}']) {
    expect(() => fillTemplate(bad, 0), bad).toThrow(/expected a sum|is zero/);
  }
});

test('a template is filled with sums of products of i', () => {
  const template = '127.1.{i/250}.{i%250+1}:{9091 + 2*i - 1}';
  expect(fillTemplate(template, 0)).toBe('127.1.0.1:9090');
  expect(fillTemplate(template, 501)).toBe('127.1.2.2:10092');
});

test('too few ports, and templates that give no address, are bad configuration', () => {
  expect(() => configsOfAgents(config({ agents: 3, listen: '127.0.0.1:65534' }))).toThrow('no port 65536');
  const cases: [string, RegExp][] = [
    ['x{i}', /expected HOST:PORT with sums .*, got "x\{i}"; for agent 1 that makes x0/],
    ['h:{65534+i}', /for agent 3 that makes h:65536: expected a port from 0 to 65535/],
    ['bogus', /got "bogus"$/],
    ['h:9091', /agents 1 and 2 would both listen on h:9091; .*put a sum of i/],
    ['h:{i%2+1}', /agents 1 and 3 would both listen on h:1/],
    ['h:{1/i}', /listenTemplate: i is zero for agent 1/],
  ];
  for (const [listenTemplate, error] of cases)
    expect(() => configsOfAgents(config({ agents: 3, listenTemplate }))).toThrow(error);
});

test('agents that each take a free port may share a template', () => {
  const all = configsOfAgents(config({ agents: 2, listenTemplate: 'h:0' }));
  expect(all.map(({ listen }) => listen.port)).toEqual([0, 0]);
});

test('agents get ports one after the other, and a folder each', () => {
  const all = configsOfAgents(config({ agents: 2, listen: '127.0.0.1:9091', portsDir: 'p' }));
  expect(all).toMatchObject([
    {
      name: 'agent-1',
      listen: { port: 9091 },
      stateDir: join('x', 'agent-1'),
      portsDir: join('p', 'agent-1'),
    },
    {
      name: 'agent-2',
      listen: { port: 9092 },
      stateDir: join('x', 'agent-2'),
      portsDir: join('p', 'agent-2'),
    },
  ]);
});

test('their introspection opens only when asked for, and then takes ports one after the other, too', () => {
  const ports = (settings: Record<string, unknown>) =>
    configsOfAgents(config({ agents: 2, ...settings })).map(({ introspectListen }) => introspectListen);
  expect(ports({})).toEqual(['none', 'none']);
  expect(ports({ introspectListen: 'none' })).toEqual(['none', 'none']);
  expect(ports({ introspectListen: '127.0.0.1:8085' })).toMatchObject([{ port: 8085 }, { port: 8086 }]);
});

test('agents of one process do not know each other, and each has its own admin API', async () => {
  const folder = temporaryFolder();
  const settings = { agents: 3, listen: '127.0.0.1:0', adminListen: '127.0.0.1:0', stateDir: folder.path };
  const running = await startAgent(config(settings), {
    clock: systemClock,
    files: nodeFileSystem,
    log: createLogger('test', 'silent'),
  });
  try {
    await running.loaded;
    expect(running.agents.map(({ name }) => name)).toEqual(['agent-1', 'agent-2', 'agent-3']);
    expect(new Set(running.agents.map(({ url }) => url)).size).toBe(3);
    const [first, second] = running.agents;
    const port = samplePort(1);
    await fetch(`${second?.url}/port`, { method: 'POST', body: JSON.stringify(port) });
    const ports = async (adminUrl = ''): Promise<unknown> =>
      ((await (await fetch(`${adminUrl}/admin/state`)).json()) as { ports: unknown }).ports;
    expect(await ports(first?.adminUrl)).toEqual([]);
    expect(await ports(second?.adminUrl)).toMatchObject([{ id: port.id }]);
    expect(existsSync(join(folder.path, 'agent-2', 'ports', port.id))).toBe(true);
    const unnamed = await fetch(`${running.adminUrl}/admin/reset`, { method: 'POST' });
    expect([unnamed.status, await unnamed.text()]).toEqual([404, expect.stringContaining('say which')]);
    expect(await (await fetch(`${running.adminUrl}/readyz`)).json()).toEqual({ ready: true, reasons: [] });
  } finally {
    await running.stop();
    folder.remove();
  }
});
