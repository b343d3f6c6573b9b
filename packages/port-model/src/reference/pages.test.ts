import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { REST_ERRORS } from '../errors.ts';
import { ROUTES } from '../routes.ts';
import { portModelPages } from './pages.ts';

const pages = new Map(portModelPages('1.2.3').map(({ path, content }) => [path, content]));

test('the page of errors lists every error with its advice, and every operation', () => {
  const page = pages.get('rest-errors.md') ?? '';
  for (const [code, { status, advice }] of Object.entries(REST_ERRORS)) {
    expect(page.split('\n').filter((line) => line.startsWith(`| \`${code}\` | ${status} |`))).toHaveLength(1);
    expect(page).toContain(advice);
  }
  for (const { method, path } of ROUTES) expect(page).toContain(`\`${method} ${path}\``);
});

test('JSON pages parse and end with a line feed', () => {
  for (const path of ['openapi.json', 'port.schema.json']) {
    const content = pages.get(path) ?? '';
    expect(() => JSON.parse(content) as unknown).not.toThrow();
    expect(content.endsWith('}\n')).toBe(true);
  }
});

// What they say is read by other people's tools: it changes only where somebody sees the page change.
test.each(portModelPages(manifest.version))(
  'docs/reference/$path is what is made now',
  ({ path, content }) => {
    const file = join(import.meta.dirname, '../../../../docs/reference', path);
    expect(readFileSync(file, 'utf8')).toBe(content);
  },
);
