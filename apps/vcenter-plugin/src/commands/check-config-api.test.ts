import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Config } from '../config.ts';
import type { Inventory, InventorySource } from '../inventory/model.ts';
import { configApiServer } from '../modes/testing/config-api-server.ts';
import { checkLive } from './check-live.ts';

const AGENTS = [{ name: 'agent-1', url: 'http://127.0.0.1:1', host: 'esx-1' }];
const NOTHING: Inventory = { hosts: [], networks: [], vms: [] };
const cleanups: (() => void | Promise<void>)[] = [];
let url = '';
let deadUrl = '';

beforeAll(async () => {
  const server = await configApiServer(['--auth', 'keystone']);
  cleanups.push(() => server.close());
  url = server.url;
  const dead = await serve(() => undefined);
  deadUrl = urlOf(dead);
  await new Promise((resolve) => dead.close(resolve));
});

afterAll(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function serve(listener: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(listener as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function keystone(changes: object = {}) {
  return { url: `${url}/v3`, username: 'admin', password: 'contrail123', project: 'admin', ...changes };
}

/** What `check-config --live` prints with this section, and what it ends with. */
async function check(configApi: object, mode = 'vcenter-only'): Promise<{ text: string; error: unknown }> {
  const inventory = { kind: 'file', path: 'inventory.yaml' };
  const config = Config.parse({ inventory, agents: AGENTS, mode, configApi: { url, ...configApi } });
  const source: InventorySource = {
    description: 'test',
    start: (listener) => listener({ complete: true, inventory: NOTHING }),
    async stop() {},
  };
  const printed: string[] = [];
  const error = await checkLive(config, (text) => printed.push(text), source).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { text: printed.join('\n'), error };
}

test.for(['v3', 'v2.0'])('what it has is told, with a token from Keystone %s', async (version) => {
  const { text, error } = await check({ keystone: keystone({ url: `${url}/${version}` }) });
  expect(error).toBeUndefined();
  expect(text).toContain(`config API ${url}: 3 networks, 0 VMs`);
  expect(text).toContain('project default-domain:vCenter is not there, and will be made');
  expect(text).toContain('Nothing was changed.');
  expect(text).not.toContain('contrail123');
});

test('mode vcenter-as-compute makes no project, and speaks of none', async () => {
  const { text, error } = await check({ keystone: keystone() }, 'vcenter-as-compute');
  expect(error).toBeUndefined();
  expect(text).not.toContain('default-domain:vCenter');
});

test.for<[string, () => object, RegExp]>([
  ['nobody listens', () => ({ url: deadUrl, keystone: keystone() }), /config API http.*ECONNREFUSED/u],
  ['it wants a token', () => ({}), /401.*it wants a token, and configApi\.keystone/u],
  [
    'the password is wrong',
    () => ({ keystone: keystone({ password: 'hunter2' }) }),
    /Keystone gives admin no token/u,
  ],
  ['the project is wrong', () => ({ keystone: keystone({ project: 'x' }) }), /no token for project x/u],
  [
    'Keystone is not there',
    () => ({ keystone: keystone({ url: `${deadUrl}/v3` }) }),
    /Keystone: .*ECONNREFUSED/u,
  ],
])('when %s, that is the error', async ([_what, section, message]) => {
  const { text, error } = await check(section());
  expect(error).toMatchObject({
    exitCode: 1,
    code: 'NO_CONFIG_API',
    message: expect.stringMatching(message),
  });
  expect(text + String(error)).not.toContain('hunter2');
});

test('something else that answers there is no config API', async () => {
  const other = await serve((_request, answer) => answer.end('<html>It works!</html>'));
  cleanups.push(() => void other.close());
  const { error } = await check({ url: urlOf(other), keystone: keystone() });
  expect(error).toMatchObject({ code: 'NO_CONFIG_API' });
});
