import { KIT_ERRORS } from '@vrouter/service-kit';
import { expect, test } from 'vitest';
import { Config } from '../config.ts';
import { PLUGIN_ERRORS } from '../errors.ts';
import { FLAGS } from '../flags.ts';
import { configReference } from './config-reference.ts';
import { errorReference } from './error-reference.ts';
import { pluginFlagsReference } from './flags-reference.ts';
import { inventoryFileReference } from './inventory-file-reference.ts';
import { pluginPages } from './pages.ts';

function rows(page: string): string[][] {
  return page
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));
}

test('every key of the configuration is there, with type, default and meaning', () => {
  const page = rows(configReference());
  for (const key of Object.keys(Config.shape))
    expect(page.some(([cell]) => cell?.startsWith(`\`${key}`))).toBe(true);
  for (const [key, type, , meaning] of page) {
    expect(type, key).not.toBe('');
    if (key !== '`inventory.kind`') expect(meaning, key).not.toBe('');
  }
});

test('defaults are those of the configuration, also of numbers and of what is deep inside', () => {
  const fallbacks = Object.fromEntries(rows(configReference()).map(([key, , fallback]) => [key, fallback]));
  expect(fallbacks).toMatchObject({
    '`stateDir`': '`./state`',
    '`listen`': '`127.0.0.1:8234`',
    '`staleTimeout`': '`60`',
    '`timeouts.connectMs`': '`1000`',
    '`brake.share`': '`0.5`',
    '`inventory.kind`': 'required',
    '`inventory.tls.insecure`': '`false`',
    '`inventory.passwordFile`': '',
    '`agents`': '`[]`',
    '`agents[].url`': 'required',
  });
});

test('every key of the inventory file is there', () => {
  const page = rows(inventoryFileReference());
  expect(page.map(([key]) => key)).toEqual(
    [
      'hosts',
      'hosts[].name',
      'hosts[].maintenance',
      'hosts[].connected',
      'networks',
      'networks[].name',
      'networks[].key',
      'networks[].vlan',
      'networks[].vlan.primary',
      'networks[].vlan.isolated',
      'vms',
      'vms[].name',
      'vms[].id',
      'vms[].host',
      'vms[].power',
      'vms[].project',
      'vms[].annotation',
      'vms[].adapters',
      'vms[].adapters[].key',
      'vms[].adapters[].mac',
      'vms[].adapters[].network',
      'vms[].adapters[].connected',
      'vms[].adapters[].ip',
      'vms[].adapters[].ip6',
    ].map((key) => `\`${key}\``),
  );
  expect(page.find(([key]) => key === '`hosts[].maintenance`')?.[2]).toBe('`false`');
  expect(page.find(([key]) => key === '`vms`')?.[2]).toBe('`[]`');
});

test('every error is there, with what to do', () => {
  const codes = rows(errorReference()).map(([code]) => code);
  expect(codes).toEqual(
    [...Object.keys(PLUGIN_ERRORS), ...Object.keys(KIT_ERRORS)].map((code) => `\`${code}\``),
  );
});

test('every command and flag is there', () => {
  const page = pluginFlagsReference();
  for (const name of Object.keys(FLAGS)) expect(page).toContain(`\`--${name}`);
  for (const name of ['run', 'check-config', 'status']) expect(page).toContain(`| \`${name}\` |`);
});

test('the pages are the same each time, and end with a line break', async () => {
  for (const { path, content } of await pluginPages()) {
    expect(path).toMatch(/^[a-z-]+\.md$/);
    expect(content).toMatch(/^# .*\n[\s\S]*[^\n]\n$/);
    expect(content).not.toMatch(/undefined|\[object/);
  }
  expect(await pluginPages()).toEqual(await pluginPages());
});
