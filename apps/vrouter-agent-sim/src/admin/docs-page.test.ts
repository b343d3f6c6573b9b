import { ROUTES } from '@vrouter/port-model';
import { expect, test } from 'vitest';
import { onBench } from '../testing/fault-bench.ts';

test('the page tells of every operation and loads nothing from anywhere', () =>
  onBench(async ({ agent }) => {
    const response = await fetch(`${agent.adminUrl}/docs`);
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    for (const { summary } of ROUTES) expect(page).toContain(summary);
    expect(page).not.toMatch(/<script|<link|src=|@import/);
    expect((await agent.admin('/docs/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
  }));
