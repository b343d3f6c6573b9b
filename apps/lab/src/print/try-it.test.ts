import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { FIRST_INVENTORY } from '../inventory/first-inventory.ts';
import { suggestions } from './try-it.ts';

test('the command for the inventory powers on that VM and no other, wherever the file is', () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  const odd = join(folder.path, "it's $HOME; here");
  mkdirSync(odd);
  const path = join(odd, 'inventory.yaml');
  writeFileSync(path, FIRST_INVENTORY);
  const agent = { pidFile: 'none' };
  const [{ command }] = suggestions({ inventory: { path }, agents: [agent, agent], plugin: { url: '' } });
  execFileSync('/bin/sh', ['-c', command]);
  const before = FIRST_INVENTORY.split('\n');
  const after = readFileSync(path, 'utf8').split('\n');
  const changed = after.flatMap((line, index) =>
    line === before[index] ? [] : [before.slice(index - 1, index + 1)],
  );
  expect(changed).toEqual([['  - name: db-2', '    power: off']]);
});
