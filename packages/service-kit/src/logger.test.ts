import { temporaryFolder, type TemporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startProgram } from './testing/program.ts';

let folder: TemporaryFolder;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

test('JSON lines on standard error, below the level nothing, secrets masked, none lost at exit', async () => {
  const child = await startProgram(
    folder.path,
    `const log = kit.createLogger('app', 'info');
     log.debug('too quiet');
     log.info({ password: 'p1', config: { password: 'p2' }, headers: { cookie: 'p3', authorization: 'p4' } }, 'secrets');
     for (let line = 0; line < 500; line++) log.info({ line }, 'many');
     process.exit(0);`,
  );
  await child.exited;
  const lines = child
    .stderr()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toHaveLength(501);
  expect(lines[0]).toMatchObject({
    name: 'app',
    msg: 'secrets',
    password: '***',
    config: { password: '***' },
  });
  expect(child.stderr()).not.toMatch(/"p[1-4]"/);
  expect(child.stdout()).toBe('');
});
