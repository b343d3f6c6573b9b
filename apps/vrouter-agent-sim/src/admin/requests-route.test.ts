import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveAgent } from '../testing/live-agent.ts';

let agent: LiveAgent;
beforeEach(async () => {
  agent = await new LiveAgent({ requestsRemembered: 3 }).start();
  for (let count = 0; count < 5; count += 1) await agent.call('POST', '/syncports');
});
afterEach(() => agent.remove());

test('a range that was dropped is an error that says from where on there is one', async () => {
  expect(await agent.admin('/admin/requests?since=1')).toEqual({
    status: 410,
    body: {
      error:
        'Some of these requests are no longer remembered: 2 to 2 are gone; since=2 is the first that works',
    },
  });
});

test('a number that no request had is an error', async () => {
  for (const since of ['6', '-1', 'x', '']) {
    const { status, body } = await agent.admin(`/admin/requests?since=${since}`);
    expect({ since, status, body }).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('0 to 5') },
    });
  }
});

test('since tells what came after; the newest leaves nothing', async () => {
  expect(await agent.admin('/admin/requests?since=2')).toMatchObject({
    status: 200,
    body: { dropped: 2, requests: [{ seq: 3 }, { seq: 4 }, { seq: 5 }] },
  });
  expect(await agent.admin('/admin/requests?since=4')).toMatchObject({ body: { requests: [{ seq: 5 }] } });
  expect(await agent.admin('/admin/requests?since=5')).toMatchObject({ body: { requests: [] } });
});

test('a line for each request, by query or by header, with the number of the dropped in a header', async () => {
  const byQuery = await fetch(`${agent.adminUrl}/admin/requests?format=ndjson&since=3`);
  const byHeader = await fetch(`${agent.adminUrl}/admin/requests?since=3`, {
    headers: { accept: 'application/x-ndjson' },
  });
  for (const response of [byQuery, byHeader]) {
    expect(response.headers.get('content-type')).toContain('application/x-ndjson');
    expect(response.headers.get('x-requests-dropped')).toBe('2');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual([4, 5]);
  }
});
