import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, systemClock } from '@vrouter/service-kit';
import { temporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openConfigApi } from './config-api/open-client.ts';
import { Config, resolvePaths, shownConfig, vspherePassword } from './config.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'plugin.yaml');
});
afterEach(() => folder.remove());

const INVENTORY = 'inventory: { kind: file, path: inventory.yaml }';
const AGENTS = 'agents: [{ name: a, url: "http://127.0.0.1:9091", host: esx-1 }]';
const VSPHERE = 'kind: vsphere, url: "https://vc/sdk", username: u';

function read(text: string, env: Record<string, string> = {}, flags: Record<string, string> = {}): Config {
  writeFileSync(file, text);
  return loadConfig(Config, { file, envPrefix: 'PLUGIN_', env, flags });
}

function minimal(more = ''): string {
  return `${INVENTORY}\n${AGENTS}\n${more}`;
}

function agents(...list: string[]): string {
  return `${INVENTORY}\nagents:\n${list.map((agent) => `  - ${agent}`).join('\n')}`;
}

test.each([
  ['an unknown key', minimal('stateDirectory: /x'), 'stateDirectory: there is no such key'],
  ['an unknown key of an agent', agents('{ name: a, url: "http://h:1", host: h, port: 1 }'), 'agents.0.port'],
  [
    'an unknown key of the inventory',
    `inventory: { kind: file, path: x, url: y }\n${AGENTS}`,
    'inventory.url',
  ],
  ['no inventory', AGENTS, 'inventory: expected kind: file or vsphere'],
  ['a kind that there is not', `inventory: { kind: nsx }\n${AGENTS}`, 'expected kind: file or vsphere'],
  ['no agents', INVENTORY, 'agents: '],
  ['an empty list of agents', `${INVENTORY}\nagents: []`, 'agents: at least one agent'],
  ['an agent without a host', agents('{ name: a, url: "http://h:1" }'), 'agents.0.host'],
  ['an agent URL with a path', agents('{ name: a, url: "http://h:1/x", host: h }'), 'without path or user'],
  ['an agent URL with a user', agents('{ name: a, url: "http://u:p@h:1", host: h }'), 'without path or user'],
  [
    'an agent over FTP',
    agents('{ name: a, url: "ftp://h:1", host: h }'),
    'http://HOST:PORT or https://HOST:PORT',
  ],
  ['a certificate without its key', minimal('agentTls: { certFile: c }'), 'agentTls.keyFile: expected it'],
  ['a key without its certificate', minimal('agentTls: { keyFile: k }'), 'agentTls.certFile: expected it'],
  ['an agent URL that is none', agents('{ name: a, url: "h:1", host: h }'), 'agents.0.url: expected http://'],
  [
    'a vCenter URL that is none',
    `inventory: { ${VSPHERE.replace('https', 'ftp')} }\n${AGENTS}`,
    'inventory.url',
  ],
  [
    'a password in the URL',
    `inventory: { ${VSPHERE.replace('//vc', '//u:secret@vc')} }\n${AGENTS}`,
    'expected no user in the URL',
  ],
  [
    'a number that is a switch',
    minimal('staleTimeout: true'),
    'staleTimeout: Invalid input: expected number',
  ],
  ['a number that is null', minimal('staleTimeout: null'), 'staleTimeout: Invalid input: expected number'],
  ['a number that is a list', minimal('staleTimeout: [60]'), 'staleTimeout: Invalid input: expected number'],
  ['a number that is a word', minimal('staleTimeout: soon'), 'staleTimeout: Invalid input: expected number'],
  ['no time at all', minimal('staleTimeout: 0'), 'staleTimeout: Too small'],
  ['longer than a timer can wait', minimal('staleTimeout: 2147484'), 'staleTimeout: Too big'],
  ['half a millisecond', minimal('timeouts: { connectMs: 0.5 }'), 'timeouts.connectMs'],
  ['a share above one', minimal('brake: { share: 2 }'), 'brake.share: Too big'],
  ['a switch that is a word', vsphere('tls: { insecure: maybe }'), 'inventory.tls.insecure'],
  [
    'both ways to name a data centre',
    vsphere('datacenter: a, scope: { datacenter: a }'),
    'expected it in scope',
  ],
  [
    'a cluster without its data centre',
    vsphere('scope: { cluster: [a], folder: [b], switch: [] }'),
    'inventory.scope.datacenter: expected the data centre in which to look for cluster and folder',
  ],
  ['a scope that is no list', vsphere('scope: { datacenter: a, switch: b }'), 'inventory.scope.switch'],
  ['an unknown key of the scope', vsphere('scope: { host: [a] }'), 'inventory.scope.host'],
  ['an empty agent VM name', vsphere('agentVm: { name: "" }'), 'inventory.agentVm.name'],
  ['an address without a port', minimal('listen: localhost'), 'listen: expected HOST:PORT'],
  ['a lifecycle that there is not', minimal('lifecycle: boot'), 'lifecycle: '],
  ['a log level that there is not', minimal('logLevel: loud'), 'logLevel: '],
  ['a list', '- a', 'must hold keys and values'],
  ['no YAML', 'agents: [', 'neither YAML nor JSON'],
])('%s is refused, naming the key', (_what, text, message) => {
  expect(() => read(text)).toThrowError(
    expect.objectContaining({ code: 'BAD_CONFIG', message: expect.stringContaining(message) }),
  );
});

test.each([
  ['name', '{ name: a, url: "http://h:2", host: h2 }'],
  ['host', '{ name: b, url: "http://h:2", host: h1 }'],
  ['url', '{ name: b, url: "http://H:1/", host: h2 }'],
])('two agents of one %s are refused', (field, second) => {
  expect(() => read(agents('{ name: a, url: "http://h:1", host: h1 }', second))).toThrowError(
    new RegExp(`agents.1.${field}: ".*" is there twice`),
  );
});

test('all mistakes are told at once, and where each was made', () => {
  const broken = () => read(minimal('lifecycle: boot'), { PLUGIN_STALE_TIMEOUT: 'x' }, { logLevel: 'loud' });
  expect(broken).toThrowError(/lifecycle: .*plugin\.yaml/);
  expect(broken).toThrowError(/staleTimeout: .*PLUGIN_STALE_TIMEOUT/);
  expect(broken).toThrowError(/logLevel: .*--log-level/);
});

test('what is not said has a default', () => {
  expect(read(minimal())).toEqual({
    stateDir: './state',
    agentTls: { insecure: false },
    listen: { host: '127.0.0.1', port: 8234 },
    mode: 'standalone',
    lifecycle: 'power',
    inventory: { kind: 'file', path: 'inventory.yaml' },
    agents: [{ name: 'a', url: 'http://127.0.0.1:9091', host: 'esx-1' }],
    staleTimeout: 60,
    reconnect: 're-add',
    brake: { count: 20, share: 0.5, hold: 300 },
    timeouts: { connectMs: 1000, responseMs: 5000 },
    logLevel: 'info',
  });
});

test('flags override the environment, which overrides the file', () => {
  const text = minimal('stateDir: from-file\nlisten: 127.0.0.1:1\nstaleTimeout: 1');
  const env = {
    PLUGIN_LISTEN: '127.0.0.1:2',
    PLUGIN_STALE_TIMEOUT: '2.5',
    PLUGIN_TIMEOUTS__CONNECT_MS: '7',
    PLUGIN_INVENTORY__PATH: 'from-env.yaml',
  };
  expect(read(text, env, { listen: '127.0.0.1:3' })).toMatchObject({
    stateDir: 'from-file',
    listen: { port: 3 },
    staleTimeout: 2.5,
    timeouts: { connectMs: 7, responseMs: 5000 },
    inventory: { kind: 'file', path: 'from-env.yaml' },
  });
});

test.each([
  ['true', true],
  ['"true"', true],
  ['false', false],
  ['"false"', false],
])('a switch may be written %s', (written, meant) => {
  expect(read(vsphere(`tls: { insecure: ${written} }`)).inventory).toMatchObject({
    tls: { insecure: meant },
  });
});

test('scope and agent VMs reach the vSphere source as they are written', () => {
  const scope = 'scope: { datacenter: DC0, cluster: [C0], switch: [dvs-1], folder: [tenants/red] }';
  expect(read(vsphere(`${scope}, agentVm: { name: vrouter }`)).inventory).toMatchObject({
    scope: { datacenter: 'DC0', cluster: ['C0'], switch: ['dvs-1'], folder: ['tenants/red'] },
    agentVm: { name: 'vrouter', fabricNetwork: 'contrail-fab-pg' },
  });
});

test('paths are relative to the file', () => {
  const map = resolvePaths(read(minimal('agentsFile: agents.map')), file).agentsFile;
  expect(map).toBe(join(folder.path, 'agents.map'));
  const config = resolvePaths(read(minimal('stateDir: state')), file);
  expect(config.stateDir).toBe(join(folder.path, 'state'));
  expect(config.inventory).toMatchObject({ path: join(folder.path, 'inventory.yaml') });
  const inventory = vsphere('passwordFile: secret, tls: { caFile: /etc/ca.pem }');
  expect(resolvePaths(read(inventory), file).inventory).toMatchObject({
    passwordFile: join(folder.path, 'secret'),
    tls: { caFile: '/etc/ca.pem' },
  });
});

test('agents may be behind TLS; its files are beside the configuration', () => {
  const config = read(`${agents('{ name: a, url: "https://h", host: h }')}
agentTls: { caFile: ca, certFile: c, keyFile: k }`);
  expect(config.agents).toMatchObject([{ url: 'https://h' }]);
  const at = (name: string): string => join(folder.path, name);
  expect(resolvePaths(config, file).agentTls).toEqual({
    insecure: false,
    caFile: at('ca'),
    certFile: at('c'),
    keyFile: at('k'),
  });
});

test('without a file, paths are relative to the current folder', () => {
  expect(resolvePaths(read(minimal('stateDir: state')), undefined).stateDir).toBe(
    join(process.cwd(), 'state'),
  );
});

test('the password is not shown', () => {
  const config = read(vsphere('password: hunter2'));
  expect(JSON.stringify(shownConfig(config))).not.toContain('hunter2');
  expect(config.inventory).toMatchObject({ password: 'hunter2' });
});

test('the password comes from the configuration, or from a file without its last line break', () => {
  writeFileSync(join(folder.path, 'secret'), 'hunter2 \r\n');
  expect(password('password: direct, passwordFile: secret')).toBe('direct');
  expect(password('passwordFile: secret')).toBe('hunter2 ');
});

test('no password, and a password file that is not there, are told', () => {
  expect(() => password('datacenter: DC0')).toThrowError('expected password or passwordFile, got neither');
  expect(() => password('passwordFile: gone')).toThrowError(/inventory\.passwordFile: cannot read .*gone/);
});

function password(keys: string): string {
  const { inventory } = resolvePaths(read(vsphere(keys)), file);
  if (inventory.kind !== 'vsphere') throw new Error('it is no vsphere inventory');
  return vspherePassword(inventory);
}

function vsphere(keys: string): string {
  return `inventory: { ${VSPHERE}, ${keys} }\n${AGENTS}`;
}

const KEYSTONE = 'keystone: { url: "http://127.0.0.1:5000/v3", username: u';
const asCompute = (section: string): string => minimal(`mode: vcenter-as-compute\nconfigApi: ${section}`);

test.each([
  [
    'a mode that needs the config API without it',
    minimal('mode: vcenter-as-compute'),
    'configApi: expected it',
  ],
  ['a config API without a URL', asCompute('{ connections: 2 }'), 'configApi.url'],
  [
    'a user in the URL of the config API',
    asCompute('{ url: "http://u:p@h:1" }'),
    'expected no user in the URL',
  ],
  [
    'a subnet that is none',
    asCompute('{ url: "http://h:1", networks: [{ name: n, subnet: 10.0.0.0 }] }'),
    'expected a subnet',
  ],
  ['no connections', asCompute('{ url: "http://h:1", connections: 0 }'), 'configApi.connections'],
])('%s is refused', (_what, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test.each([
  ['without a password', `${KEYSTONE} }`, 'configApi.keystone: expected password or passwordFile'],
  [
    'with a password file that is not there',
    `${KEYSTONE}, passwordFile: nowhere }`,
    'passwordFile: cannot read',
  ],
  [
    'at an address without version',
    KEYSTONE.replace('/v3', '') + ', password: p }',
    'configApi: Expected the URL',
  ],
  ['with an authority that is not there', 'tls: { caFile: nowhere }', 'configApi.tls.caFile: cannot read'],
])('a keystone %s cannot be used', (_what, section, message) => {
  const { configApi } = resolvePaths(read(asCompute(`{ url: "http://h:1", ${section} }`)), file);
  if (configApi === undefined) throw new Error('expected the section');
  expect(() => openConfigApi(configApi, systemClock)).toThrow(message);
});

test('the password of keystone comes from a file beside the configuration or the environment, and is not shown', async () => {
  writeFileSync(join(folder.path, 'secret'), 'hunter2\n');
  const fromFile = resolvePaths(
    read(asCompute(`{ url: "http://h:1", ${KEYSTONE}, passwordFile: secret } }`)),
    file,
  );
  expect(fromFile.configApi?.keystone?.passwordFile).toBe(join(folder.path, 'secret'));
  const env = { PLUGIN_CONFIG_API__KEYSTONE__PASSWORD: 'hunter2' };
  const config = read(asCompute(`{ url: "http://h:1", ${KEYSTONE} } }`), env);
  expect(config.configApi?.keystone?.password).toBe('hunter2');
  expect(JSON.stringify(shownConfig(config))).not.toContain('hunter2');
});
