import { manualClock, type ManualClock } from '@vrouter/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveServer, type Answer } from '../testing/live-server.ts';

let server: LiveServer;
let clock: ManualClock;
beforeEach(async () => {
  clock = manualClock(Date.parse('2026-01-01T00:00:00Z'));
  server = await new LiveServer({ clock, auth: 'keystone', keystone: { tokenLifetime: 60 } }).start();
});
afterEach(() => server.remove());

const v2 = (changes: object = {}): Promise<Answer> =>
  server.call('POST', '/v2.0/tokens', {
    auth: {
      tenantName: 'admin',
      passwordCredentials: { username: 'admin', password: 'contrail123' },
      ...changes,
    },
  });

const v3 = (password = 'contrail123'): Promise<Answer> => {
  const domain = { name: 'Default' };
  const identity = { methods: ['password'], password: { user: { name: 'admin', domain, password } } };
  return server.call('POST', '/v3/auth/tokens', {
    auth: { identity, scope: { project: { name: 'admin', domain } } },
  });
};

const listWith = async (token: unknown): Promise<number> =>
  (await server.call('GET', '/projects', undefined, { 'X-Auth-Token': String(token) })).status;

test('without a good token nobody gets in', async () => {
  const answer = await server.call('GET', '/projects');
  expect(answer).toMatchObject({ status: 401, body: 'Authentication required' });
  expect(answer.headers.get('www-authenticate')).toBe(`Keystone uri='${server.url}'`);
  expect(await listWith('made-up')).toBe(401);
});

test('who has not the right password, project or body gets no token', async () => {
  const refused = {
    error: {
      code: 401,
      title: 'Unauthorized',
      message: 'The request you have made requires authentication.',
    },
  };
  expect(await v2({ tenantName: 'demo' })).toMatchObject({ status: 401, body: refused });
  const passwordCredentials = { username: 'admin', password: 'wrong' };
  expect(await v2({ passwordCredentials })).toMatchObject({ status: 401, body: refused });
  expect(await v3('wrong')).toMatchObject({ status: 401, body: refused });
  for (const path of ['/v2.0/tokens', '/v3/auth/tokens']) {
    expect(await server.call('POST', path, { auth: {} })).toMatchObject({
      status: 400,
      body: { error: { code: 400, title: 'Bad Request' } },
    });
  }
});

test('a token of version 2 opens the door until it expires', async () => {
  const { status, body } = await v2();
  expect(status).toBe(200);
  const { token } = (body as { access: { token: { id: string; expires: string } } }).access;
  expect(token).toMatchObject({ expires: '2026-01-01T00:01:00Z', tenant: { name: 'admin' } });
  await clock.advance(59_999);
  expect(await listWith(token.id)).toBe(200);
  await clock.advance(1);
  expect(await listWith(token.id)).toBe(401);
});

test('a token of version 3 comes in a header, and can be revoked', async () => {
  const { status, headers, body } = await v3();
  expect([status, body]).toMatchObject([201, { token: { expires_at: '2026-01-01T00:01:00.000Z' } }]);
  const id = headers.get('x-subject-token');
  expect(await listWith(id)).toBe(200);
  expect(await server.admin('POST', '/admin/revoke-tokens')).toMatchObject({ body: { revoked: 1 } });
  expect(await listWith(id)).toBe(401);
});

test('passwords are not remembered', async () => {
  await v2();
  const { body } = await server.admin('GET', '/admin/requests');
  expect(body).toMatchObject({ requests: [{ operation: 'token', status: 200 }] });
  expect(JSON.stringify(body)).not.toContain('contrail123');
});
