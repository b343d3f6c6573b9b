import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { certificateAuthority, startProcess, temporaryFolder, workspaceFile } from '@vrouter/testkit';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { Sim } from '../testing/sim.ts';
import type { Result } from '../run/result.ts';

// Processes start one after another, on a machine that may be busy.
vi.setConfig({ testTimeout: 90_000 });

const MAIN = workspaceFile('packages/conformance/src/main.ts');
const folder = temporaryFolder();
afterAll(() => folder.remove());
let sim: Sim | undefined;
afterEach(async () => {
  await sim?.remove();
  sim = undefined;
});

async function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const started = await startProcess({ name: 'conformance', file: MAIN, args });
  const { code } = await started.exited;
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}

test('bad usage and an agent that is not there end with 2', async () => {
  expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('--url') as string });
  expect(await run('--url', 'ftp://x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ftp://x') as string,
  });
  expect(await run('--url', 'http://127.0.0.1:9', '--only', 'nothing')).toMatchObject({ code: 2 });
  const nobody = await run('--url', 'http://127.0.0.1:1');
  expect(nobody).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('127.0.0.1:1 cannot be reached') as string,
  });
});

test('--list lists the checks of a profile with what they need', async () => {
  const { code, stdout } = await run('--list', '--profile', 'tf', '--only', '85,99');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^persistence\/delete-without-the-folder \[99\] .* \(needs folder-outage, restart\)$/m,
  );
  expect(stdout).toMatch(/^restart\/no-sweep-after-a-restart \[85\]/m);
});

test('all passed ends with 0, and every report is written', { timeout: 120_000 }, async () => {
  sim = await new Sim('blueprint').start();
  const file = (name: string): string => join(folder.path, name);
  const reports = ['--json', file('r.json'), '--junit', file('r.xml'), '--html', file('r.html')];
  const { code, stdout } = await run('--url', sim.url, '--only', '43,restart', ...reports);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ {2}ok {3}add-reject\/type-not-an-integer-1 \[43\]/);
  expect(stdout).toMatch(/\d+ left out for want of --restart-command CMD/);
  const rows = JSON.parse(readFileSync(file('r.json'), 'utf8')) as Result[];
  expect(rows.find(({ name }) => name === 'add-reject/type-not-an-integer-1')).toMatchObject({
    fact: '43',
    outcome: 'passed',
    steps: [
      {
        sent: expect.stringContaining('"type":"2"') as string,
        came: expect.stringContaining(' 400 ') as string,
      },
    ],
  });
  expect(readFileSync(file('r.xml'), 'utf8')).toContain('<testsuite name="conformance"');
  expect(readFileSync(file('r.html'), 'utf8')).toContain('<!doctype html>');
});

test('a failure ends with 1: the reference agent is not the real one', { timeout: 120_000 }, async () => {
  sim = await new Sim('blueprint').start();
  const { code, stdout } = await run(
    '--url',
    sim.url,
    '--profile',
    'tf',
    '--only',
    'transport/reason-of-404-is-ok',
  );
  expect(code).toBe(1);
  expect(stdout).toContain('status line: expected "HTTP/1.1 404 OK", got "HTTP/1.1 404 Not Found"');
});

test('--restart-command restarts the agent; one that fails says so', { timeout: 120_000 }, async () => {
  sim = await new Sim('blueprint').start();
  const marker = join(folder.path, 'restarted');
  const only = ['--url', sim.url, '--only', 'restart/rest-after-the-reload'];
  const good = await run(...only, '--restart-command', `echo again > ${marker}`);
  expect(good.code).toBe(0);
  expect(readFileSync(marker, 'utf8')).toBe('again\n');
  const bad = await run(...only, '--restart-command', 'exit 3');
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain('the restart command ended with code 3: exit 3');
});

test('an agent behind TLS is reached with its authority and a certificate to show, and not without', async () => {
  const authority = await certificateAuthority('test');
  const [own, client] = [await authority.issue('agent'), await authority.issue('client')];
  const files = {
    ca: authority.cert,
    cert: own.cert,
    key: own.key,
    'c.cert': client.cert,
    'c.key': client.key,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder.path, name), text);
  const file = (name: string): string => join(folder.path, name);
  const server = { cert: file('cert'), key: file('key'), 'client-ca': file('ca') };
  sim = await new Sim('tf', 'delivered', server).start();
  expect(sim.url).toMatch(/^https:/);
  const only = ['--url', sim.url, '--admin-url', sim.adminUrl, '--profile', 'tf', '--only', '17,27,44'];
  expect(await run(...only)).toMatchObject({ code: 2 });
  const tls = ['--ca', file('ca'), '--client-cert', file('c.cert'), '--client-key', file('c.key')];
  expect(await run(...only, ...tls)).toMatchObject({ code: 0 });
  expect(await run(...only, '--ca', file('none'))).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--ca: ENOENT') as string,
  });
});
