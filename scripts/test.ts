// npm test           all that runs without root and without system packages; says what it left out
// npm run test:full  all of it: a missing part is a failure
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parts, type Part } from './test/parts.ts';
import { honest, sum, tallyLine, type Tally } from './test/tally.ts';

const root = dirname(import.meta.dirname);
const unknown = process.argv.slice(2).filter((argument) => argument !== '--full');
if (unknown.length > 0) {
  say(`test: expected nothing or --full, got ${unknown.join(' ')}`);
  process.exit(2);
}
const full = process.argv.includes('--full');
const folder = mkdtempSync(join(tmpdir(), 'vrouter-reports-'));
try {
  const list = parts(root, folder, full);
  const tallies = list.map((part) => runPart(part));
  const total = sum(tallies.map(({ tally }) => tally));
  for (const { name, failures } of list)
    for (const failure of failures()) say(`\nFAILED (${name}) ${failure}`);
  say('');
  for (const { name, tally } of tallies) say(`${name}: ${tallyLine(tally)}`);
  if (total.skipped > 0)
    say('Left out: see "skipped" above; scripts/system-packages installs what is missing (Debian).');
  say(tallyLine(total));
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runPart({ name, args, count }: Part): { name: string; tally: Tally } {
  say(`\n== ${name} ==`);
  const env = { ...process.env, ...(full && { VROUTER_REQUIRE_ALL: '1' }) };
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (signal !== null) say(`${name} was ended by ${signal}`);
  const exitCode = status ?? 1;
  return { name, tally: honest(count(exitCode), exitCode) };
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
