import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '@vrouter/service-kit';
import { temporaryFolder } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Config, resolvePaths } from '../config.ts';
import { checkConfig } from './check-config.ts';
import { importConfig } from './import-config.ts';

let folder: ReturnType<typeof temporaryFolder>;
let printed: string[];
let told: string[];

beforeEach(() => {
  folder = temporaryFolder();
  printed = [];
  told = [];
});
afterEach(() => folder.remove());

function write(name: string, text: string): string {
  const path = join(folder.path, name);
  writeFileSync(path, text, 'latin1');
  return path;
}

function run(file: string, map?: string): void {
  importConfig(
    file,
    map,
    (text) => printed.push(text),
    (text) => told.push(text),
  );
}

const PROPERTIES =
  'vcenter.url=https://vc/sdk\nvcenter.username=u\nvcenter.password=hunter2\nvcenter.datacenter=M\u00fcnchen\nmode=vcenter-only\n';

test('a file that is not there is wrong usage', () => {
  expect(() => run('/nowhere/plugin.conf')).toThrowError(
    expect.objectContaining({ code: 'BAD_USAGE', message: expect.stringContaining('/nowhere/plugin.conf') }),
  );
  expect(() => run(write('plugin.conf', PROPERTIES), '/nowhere/x.map')).toThrowError(
    /cannot read \/nowhere\/x\.map/,
  );
  expect(printed).toEqual([]);
});

test('what is not complete is printed all the same, and said to be so', () => {
  const file = write('plugin.conf', 'vcenter.username=u\n');
  expect(() => run(file)).toThrowError(/is not complete:\ninventory\.url: /);
  expect(printed.join('\n')).toContain('username: u');
  expect(told).toContainEqual(expect.stringContaining('no map file'));
});

test('what is printed is what check-config takes, with the password in its file', () => {
  write('ESXiToVRouterIp.map', 'esx-1:10.0.0.1\nesx-2\n');
  run(write('plugin.conf', PROPERTIES));
  expect(printed.concat(told).join('\n')).not.toContain('hunter2');
  expect(told).toContainEqual(expect.stringContaining('mode: left out'));
  expect(told).toContainEqual(expect.stringContaining('map line 2'));
  const file = join(folder.path, 'plugin.yaml');
  writeFileSync(file, printed.join('\n'));
  write('vcenter-password', 'hunter2\n');
  const config = resolvePaths(loadConfig(Config, { file, envPrefix: 'PLUGIN_', env: {}, flags: {} }), file);
  expect(config.inventory).toMatchObject({ scope: { datacenter: 'München' } });
  expect(config.agents).toHaveLength(1);
  checkConfig(config, (text) => printed.push(text));
  expect(printed.at(-1)).toBe('The configuration is usable. vCenter was not asked.');
});

test('--map names another map', () => {
  write('ESXiToVRouterIp.map', 'esx-1:10.0.0.1\n');
  run(write('plugin.conf', PROPERTIES), write('other.map', 'esx-9:10.0.0.9\n'));
  expect(printed.join('\n')).toContain('host: esx-9');
  expect(printed.join('\n')).not.toContain('esx-1');
});
