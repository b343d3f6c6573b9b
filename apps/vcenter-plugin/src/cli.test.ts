import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { temporaryFolder, type ManagedProcess } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cli } from './cli.ts';
import { httpAgent, type HttpAgent } from './sync/testing/http-agent.ts';
import { inventory, runToEnd, startPlugin, vm, writeConfig } from './testing/command-line.ts';
import { VERSION } from './version.ts';

let folder: ReturnType<typeof temporaryFolder>;
let agent: HttpAgent;
const processes: ManagedProcess<unknown>[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  agent = await httpAgent();
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((process) => process.kill()));
  await agent.close();
  folder.remove();
});

function configure(more?: string): string {
  return writeConfig(folder.path, [{ name: 'agent-1', url: agent.url }], more);
}

async function running(): Promise<ManagedProcess<{ url: string }>> {
  const plugin = await startPlugin(folder.path);
  processes.push(plugin);
  return plugin;
}

test.each([
  [
    'an unknown command',
    ['walk'],
    'unknown command "walk"; expected run, check-config, import-config, status',
  ],
  ['two commands', ['run', 'status'], 'expected one command, got "run status"'],
  ['nothing to import', ['import-config'], "expected the original's properties file, got none"],
  ['two files to import', ['import-config', 'a', 'b'], 'expected one command, got "import-config a b"'],
  ['an unknown flag', ['--colour'], "Unknown option '--colour'"],
  ['a flag without its value', ['--config'], "'--config <value>' argument missing"],
  ['no configuration', ['check-config'], 'inventory: '],
  ['a file that is not there', ['--config', '/nowhere/plugin.yaml'], 'Cannot read the config file'],
  ['status without an address', ['status', '--url', 'nonsense'], '--url: expected a URL'],
])('%s is an error that ends with 2', async (_what, args, message) => {
  await expect(cli(args)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(message),
  });
});

test('an error of usage is told without a stack', async () => {
  const { code, stdout, stderr } = await runToEnd(['walk']);
  expect(stderr).toBe(
    'vcenter-plugin: unknown command "walk"; expected run, check-config, import-config, status\nSee --help.\n',
  );
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});

test('a bad value ends with 2 and names key and place', async () => {
  const { code, stderr } = await runToEnd(['run', '--config', configure('"lifecycle": "boot"')]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/lifecycle: .*plugin\.yaml/);
});

test('status of a plugin whose port is not known asks for --url', async () => {
  await expect(cli(['status', '--config', configure()])).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('give --url'),
  });
});

test('status where nobody listens ends with 1', async () => {
  await agent.close();
  const { code, stderr } = await runToEnd(['status', '--url', agent.url]);
  expect(code).toBe(1);
  expect(stderr).toContain(`No plugin answers at ${agent.url}`);
  expect(stderr).toContain('ECONNREFUSED');
});

test('check-config says what is wrong with the inventory, and ends with 2', async () => {
  const config = configure();
  writeFileSync(join(folder.path, 'inventory.yaml'), 'vm: []');
  const { code, stderr } = await runToEnd(['check-config', '--config', config]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/inventory\.yaml: the file: Unrecognized key: "vm"/);
});

test('check-config says what would be on which agent, and changes nothing', async () => {
  const { code, stdout } = await runToEnd(['check-config', '--config', configure()]);
  expect(stdout).toContain('agent-1: 1 ports');
  expect(stdout).toContain('The configuration and the inventory are usable.');
  expect(code).toBe(0);
  expect(existsSync(join(folder.path, 'state'))).toBe(false);
  expect(agent.requests).toEqual([]);
});

test('check-config masks the password, from wherever it comes', async () => {
  const config = configure();
  const inventory = { kind: 'vsphere', url: 'https://vc.example/sdk', username: 'u', password: 'hunter2' };
  writeFileSync(config, JSON.stringify({ inventory, agents: [{ name: 'a', url: agent.url, host: 'h' }] }));
  const fromFile = await runToEnd(['check-config', '--config', config]);
  const fromEnvironment = await runToEnd(['check-config', '--config', config], {
    PLUGIN_INVENTORY__PASSWORD: 'hunter3',
  });
  for (const { code, stdout, stderr } of [fromFile, fromEnvironment]) {
    expect(code).toBe(0);
    expect(stdout).toContain('"password": "***"');
    expect(stdout + stderr).not.toMatch(/hunter/);
  }
});

test.each([
  [['--help'], /run +keep the agents' ports equal[\s\S]*--config FILE/],
  [['--version'], new RegExp(`^${VERSION.replaceAll('.', '\\.')}\n$`)],
])('%j ends with 0', async (args, pattern) => {
  const { code, stdout } = await runToEnd(args);
  expect(stdout).toMatch(pattern);
  expect(code).toBe(0);
});

test('import-config prints nothing but the configuration, and tells the rest beside it', async () => {
  const original = join(folder.path, 'contrail-vcenter-plugin.conf');
  const map = join(folder.path, 'hosts.map');
  writeFileSync(original, 'vcenter.url=http://vc/sdk\nvcenter.username=u\nvcenter.password=hunter2\nmode=\n');
  writeFileSync(map, 'esx-1:10.0.0.1\n');
  const { code, stdout, stderr } = await runToEnd(['import-config', original, '--map', map]);
  expect(stderr).toMatch(/^vcenter\.password: never printed; .*\n$/);
  expect(code).toBe(0);
  const config = join(folder.path, 'plugin.yaml');
  writeFileSync(config, stdout);
  writeFileSync(join(folder.path, 'vcenter-password'), 'hunter2');
  expect(await runToEnd(['check-config', '--config', config])).toMatchObject({ code: 0, stderr: '' });
});

test('run serves until it is told to stop, then ends with 0', async () => {
  configure();
  const plugin = await running();
  expect(agent.requests[0]?.path).toBe('/syncports');
  const { code, stdout } = await runToEnd(['status', '--url', plugin.ready.url]);
  expect(stdout).toBe(`agent-1  ${agent.url}  steady  1 of 1 ports confirmed, 0 pending\n`);
  expect(code).toBe(0);
  expect(await plugin.stop()).toEqual({ code: 0, signal: null });
});

test('a second plugin on one state folder ends with 1, names the first, and does it no harm', async () => {
  const config = configure();
  const plugin = await running();
  const readyFile = join(folder.path, 'ready.json');
  const second = await runToEnd(['run', '--config', config, '--ready-file', readyFile]);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`in use by vcenter-plugin with pid ${plugin.pid}`);
  expect(JSON.parse(readFileSync(readyFile, 'utf8'))).toMatchObject({ pid: plugin.pid });
});

test('a damaged ledger ends with 1, one reason and no stack', async () => {
  const config = configure();
  mkdirSync(join(folder.path, 'state'));
  writeFileSync(join(folder.path, 'state', 'ledger.db'), 'no database'.repeat(1000));
  const { code, stderr } = await runToEnd(['run', '--config', config]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/The ledger cannot be opened: .*ledger\.db/);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('a disk that is full ends it with 1: it stops rather than forget', async () => {
  configure();
  const plugin = await startPlugin(folder.path, { fileBlocksMax: 200 });
  processes.push(plugin);
  const vms = Array.from({ length: 2000 }, (_none, number) => vm(number));
  writeFileSync(join(folder.path, 'inventory.yaml'), inventory(vms));
  expect(await plugin.exited).toEqual({ code: 1, signal: null });
  expect(plugin.stderr()).toMatch(/"code":"LEDGER_WRITE_FAILED".*The plugin stops rather than forget/);
});

test('an address that is taken ends with 2', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await runToEnd([
    'run',
    '--config',
    configure(),
    '--listen',
    `127.0.0.1:${port}`,
  ]).finally(() => server.close());
  expect(code).toBe(2);
  expect(stderr).toMatch(/listen: cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
});

test('a state folder on the command line is relative to where it was typed', async () => {
  const state = join(folder.path, 'elsewhere');
  mkdirSync(state);
  writeFileSync(join(state, 'ledger.db'), 'no database'.repeat(1000));
  const typed = relative(process.cwd(), state);
  await expect(cli(['run', '--config', configure(), '--state-dir', typed])).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringContaining(join(state, 'ledger.db')),
  });
});
