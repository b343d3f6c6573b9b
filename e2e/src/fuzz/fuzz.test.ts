import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePort, waitFor } from '@vrouter/testkit';
import { expect, test, vi } from 'vitest';
import { attacksOf, ATTACKS_PER_SEED } from './attacks/attack.ts';
import { disagreements } from './agreement.ts';
import { fuzz } from './fuzz.ts';
import { Target } from './target.ts';

// The machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

const ATTACKS = 600;
const PROFILES = ['blueprint', 'r3.1', 'r4.1', 'tf'];

test('a seed makes the same attacks each time, of every kind and against every listener', () => {
  const attacks = attacksOf(1);
  expect(attacksOf(1)).toEqual(attacks);
  expect(attacksOf(2)).not.toEqual(attacks);
  expect(attacks).toHaveLength(ATTACKS_PER_SEED);
  expect(new Set(attacks.map(({ kind }) => kind))).toEqual(new Set(['bytes', 'json', 'framing', 'requests']));
  expect(new Set(attacks.map(({ target }) => target))).toEqual(new Set(['rest', 'admin', 'introspect']));
  expect(new Set(attacks.map(({ ending }) => ending))).toEqual(new Set(['end', 'reset']));
});

for (const profile of PROFILES) {
  test(`${profile}: attacks of any kind leave the agent up, its table equal to its folder, its log clean`, async () => {
    const target = await Target.start(profile);
    try {
      const options = { seed: 20261122, isEnough: () => false, attacksMax: ATTACKS };
      expect(await fuzz(target, options)).toEqual({ attackCount: ATTACKS, finding: undefined });
    } finally {
      await target.stop(false);
    }
  });
}

test('an agent that lost a file, changed one or died is found out', async () => {
  const target = await Target.start('blueprint');
  const { id } = samplePort(1);
  const post = { method: 'POST', body: JSON.stringify(samplePort(1)) };
  try {
    expect((await fetch(`${target.url('rest')}/port`, post)).status).toBe(200);
    await waitFor(() => readdirSync(target.portsDir).includes(id), { what: 'the file' });
    await target.check();
    writeFileSync(join(target.portsDir, id), '{}');
    expect(await disagreements(target.kept)).toEqual([expect.stringContaining('is not usable')]);
    rmSync(join(target.portsDir, id));
    expect(await disagreements(target.kept)).toEqual([`${id} is a port and has no file`]);
    writeFileSync(join(target.portsDir, 'x'), '');
    expect(await disagreements(target.kept)).toContain('x is a file and no port');
    process.kill(target.pid, 'SIGKILL');
    await waitFor(() => target.trouble, { what: 'its end to be noticed' });
    const options = { seed: 1, isEnough: () => false, attacksMax: 1000 };
    expect((await fuzz(target, options)).finding).toContain('it is gone (SIGKILL)');
  } finally {
    await target.stop(false);
  }
});
