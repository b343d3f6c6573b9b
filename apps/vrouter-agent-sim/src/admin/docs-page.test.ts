import { ROUTES } from '@vrouter/port-model';
import { expect, test } from 'vitest';
import { onBench } from '../testing/fault-bench.ts';
import { ADMIN_OPERATIONS } from './operations.ts';

const pageOf = async (adminUrl: string): Promise<string> => (await fetch(`${adminUrl}/docs`)).text();

test('the page tells of every operation, also of those for operators, and loads nothing from anywhere', () =>
  onBench(async ({ agent }) => {
    const response = await fetch(`${agent.adminUrl}/docs`);
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    for (const { summary } of ROUTES) expect(page).toContain(summary);
    for (const name of Object.keys(ADMIN_OPERATIONS)) expect(page).toContain(`<code>${name}</code>`);
    expect(page).not.toMatch(/<script|<link|src=|@import/);
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, link]) => `/${link}`);
    expect(links).toEqual(['/docs/openapi.json', '/docs/admin-openapi.json']);
    for (const link of links)
      expect(await agent.admin(link)).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
  }));

test.each([
  [
    'r3.1',
    'Contrail R3.1',
    ['POST /port', 'GET /port/{id}'],
    ['PUT /enable-port/{id}', 'POST /gateway', 'POST /vm'],
  ],
  [
    'r4.1',
    'Contrail R4.1',
    ['POST /gateway', 'GET /vm-cfg/{vm}'],
    ['PUT /enable-port/{id}', 'GET /vm/{vm}/{vmi}'],
  ],
  ['tf', 'Tungsten', ['PUT /enable-port/{id}', 'GET /vm/{vm}/{vmi}'], []],
])('the page of %s is about that release', (profile, title, there, notThere) =>
  onBench(
    async ({ agent }) => {
      const page = await pageOf(agent.adminUrl);
      expect(page).toContain(`<h1>vrouter agent: ${title}`);
      for (const text of there) expect(page).toContain(`<code>${text}</code>`);
      for (const text of notThere) expect(page).not.toContain(`<code>${text}</code>`);
    },
    { profile },
  ),
);
