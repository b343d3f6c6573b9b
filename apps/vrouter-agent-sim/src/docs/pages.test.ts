import { expect, test } from 'vitest';
import { ADMIN_OPERATIONS } from '../admin/operations.ts';
import { Config } from '../config.ts';
import { ADMIN_ERRORS } from '../errors.ts';
import { FLAGS } from '../flags.ts';
import { Limits } from '../http/limits.ts';
import { agentPages } from './pages.ts';

const page = async (path: string): Promise<string> =>
  (await agentPages()).find((one) => one.path === path)?.content ?? '';

function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));
}

test('every flag and every key is there, with type and meaning', async () => {
  const text = await page('agent-settings.md');
  const cells = rows(text).map(([first]) => first);
  for (const name of Object.keys(FLAGS))
    expect(cells.some((cell) => cell?.startsWith(`\`--${name}`))).toBe(true);
  for (const key of Object.keys(Config.shape)) expect(cells).toContain(`\`${key}\``);
  for (const key of Object.keys(Limits.shape)) expect(cells).toContain(`\`limits.${key}\``);
  const keys = text.slice(text.indexOf('## Keys'));
  for (const [key, type, , meaning] of rows(keys)) {
    expect(type, key).not.toBe('');
    expect(meaning, key).not.toBe('');
  }
  expect(keys).toMatch(/\| `durability` \| `journal`, `file` \| `journal` \|/);
});

test('every operation and error of the admin API is there, and every key of a body has a meaning', async () => {
  const text = await page('agent-admin-api.md');
  for (const name of Object.keys(ADMIN_OPERATIONS)) expect(text).toContain(`\n## ${name}\n`);
  for (const code of Object.keys(ADMIN_ERRORS)) expect(text).toContain(`| \`${code}\` |`);
  const bodies = text.slice(0, text.indexOf('## Errors'));
  for (const [key, ...cells] of rows(bodies)) {
    if (key?.endsWith('action.kind`') !== true) expect(cells.at(-1), key).not.toBe('');
  }
});

test('every metric is there, with its type, its labels and its meaning', async () => {
  const metrics = rows(await page('agent-metrics.md'));
  expect(metrics).toContainEqual([
    '`vrouter_agent_requests_total`',
    'counter',
    '`agent`, `operation`, `status`',
    'Requests that were answered',
  ]);
  for (const [name, type, labels, help] of metrics) {
    expect(name).toMatch(/^`vrouter_agent_\w+`$/);
    expect(type).toMatch(/^(counter|gauge|histogram)$/);
    expect(labels).toContain('`agent`');
    expect(help).not.toBe('');
  }
});

test('the pages are the same each time, and end with a line break', async () => {
  const pages = await agentPages();
  for (const { path, content } of pages) {
    expect(path).toMatch(/^[a-z-]+\.md$/);
    expect(content).toMatch(/^# .*\n[\s\S]*[^\n]\n$/);
    expect(content).not.toMatch(/undefined|\[object/);
  }
  expect(await agentPages()).toEqual(pages);
});
