import { expect, test } from 'vitest';
import { classifyChange, classifyFailure, classifyRead } from './classify.ts';

const ID = '5029e6c4-fa3c-8ae0-d8b3-000000000001';
const unavailable = { kind: 'unavailable', sent: true };
const refused = { kind: 'refused' };

/** What an answer to a change means: status, body, outcome. */
const CHANGES: readonly (readonly [string, number, string, object])[] = [
  ['success', 200, '{}', { kind: 'done' }],
  ['success with words', 200, ' {"note": "thanks"} ', { kind: 'done' }],

  ['an error with status 200', 200, '{"error":"{ Invalid VN uuid }"}', { ...unavailable, status: 200 }],
  ['no body', 200, '', { ...unavailable, reason: 'The agent answered 200 with nothing' }],
  ['an array', 200, '[]', unavailable],
  ['null', 200, 'null', unavailable],
  ['a text', 200, '"{}"', unavailable],
  ['half an object', 200, '{"a":', unavailable],
  ['a web page', 200, '<html></html>', unavailable],
  ['created', 201, '{}', { ...unavailable, status: 201 }],
  ['accepted for later', 202, '{}', unavailable],
  ['no content', 204, '', unavailable],
  ['moved', 301, '{}', unavailable],
  ['moved for now', 307, '', unavailable],
  ['not modified', 304, '', unavailable],

  ['invalid port', 400, '{"error":"Invalid port: id: expected a guid"}', { ...refused, status: 400 }],
  ['unprocessable', 422, '{"error":"no"}', { ...refused, status: 422 }],
  ['too large', 413, '{"error":"The body is too large"}', { ...refused, status: 413 }],
  ['too large, says a proxy', 413, '<html>', { ...refused, message: 'The body is too large' }],
  ['400 of something else than an agent', 400, '', unavailable],
  ['400 with a number as error', 400, '{"error":4}', unavailable],

  ['unknown route', 404, '{"error":"Unknown Request"}', { kind: 'unknown-route' }],
  ['unknown route with detail', 404, '{"error":"Unknown Request: PUT /x"}', { kind: 'unknown-route' }],
  ['unknown port', 404, '{"error":"Port Not found: 5029"}', { kind: 'not-found' }],
  ['unknown port, real agent', 500, `{"error":"{Port Not found ${ID}}"}`, { kind: 'not-found' }],
  ['404 of something else than an agent', 404, 'Not found', unavailable],
  ['404 with an unknown text', 404, '{"error":"no such tenant"}', unavailable],

  ['request took too long to arrive', 408, '{"error":"slow"}', unavailable],
  ['not allowed', 405, '{"error":"GET only"}', unavailable],
  ['too many requests', 429, '{"error":"later"}', unavailable],
  ['not saved', 500, '{"error":"The change could not be saved"}', { ...unavailable, status: 500 }],
  ['stopping', 503, '{"error":"The agent is stopping"}', { ...unavailable, status: 503 }],
  ['bad gateway', 502, '<html>', unavailable],
  ['handler missing', 500, '{"error":"{ Operation Not Supported }"}', unavailable],
  ['internal failure of enable', 500, `{"error":"{Invalid Port ${ID}}"}`, unavailable],
  ['500 without body', 500, '', unavailable],
];

test.each(CHANGES)('a change answered with %s', (_name, status, body, outcome) => {
  expect(classifyChange(status, body)).toMatchObject(outcome);
});

/** Texts with which real agents of some release refuse a port, always with status 500. */
const VALIDATIONS = [
  'Invalid Json string ==> {',
  'Unexpected Json string ==> 5',
  'Invalid or missing data for <id>',
  'Invalid or missing field for <display-name>',
  'Invalid VN uuid',
  'Invalid MAC, Use xx:xx:xx:xx:xx:xx format',
  'Invalid request. RX (isolated) vlan set, but TX vlan not set',
  'Incorrect Port type for 5029',
  'Json string does not have all required members, id is missing ==> {}',
  'Json Array has invalid element ==> [5]',
  'Neither Ipv4 nor IPv6 address is correct, invalid port uuid, ',
  'invalid port uuid, ',
  'Invalid port uuid 00000000-0000-0000-0000-000000000000',
  'invalid instance uuid, Invalid MAC, Use xx:xx:xx:xx:xx:xx format',
  'invalid VN uuid, ',
];

test.each(VALIDATIONS)('a real agent refuses a port with "%s"', (message) => {
  for (const error of [`{ ${message} }`, `{${message}}`]) {
    expect(classifyChange(500, JSON.stringify({ error }))).toEqual({
      kind: 'refused',
      status: 500,
      message: message.trim(),
    });
  }
});

test.each(['Writing of Json string to file failed', 'Interface does not exist in OS'])(
  'a real agent that says "%s" may do better later',
  (message) => {
    expect(classifyChange(500, JSON.stringify({ error: `{ ${message} }` }))).toMatchObject(unavailable);
  },
);

test('details of a refusal are kept when they are what they should be', () => {
  const details = [{ index: 3, field: 'id', expected: 'a guid', got: 'nothing' }];
  expect(classifyChange(400, JSON.stringify({ error: 'Invalid port', details }))).toEqual({
    kind: 'refused',
    status: 400,
    message: 'Invalid port',
    details,
  });
  for (const odd of ['id', [{ field: 'id' }], [null], [{ ...details[0], index: 'x' }], { length: 1 }]) {
    const outcome = classifyChange(400, JSON.stringify({ error: 'Invalid port', details: odd }));
    expect(outcome).toEqual({ kind: 'refused', status: 400, message: 'Invalid port' });
  }
});

test('a long answer is cut in the reason', () => {
  const outcome = classifyChange(200, 'x'.repeat(100_000));
  expect(outcome).toMatchObject({ kind: 'unavailable' });
  expect(JSON.stringify(outcome).length).toBeLessThan(300);
});

/** What an answer to a GET means. */
const READS: readonly (readonly [string, number, string, object])[] = [
  ['the port', 200, `{"id":"${ID}","plen":24}`, { kind: 'found', port: { id: ID, plen: 24 } }],
  ['another port', 200, '{"id":"x"}', unavailable],
  ['a port without id', 200, '{"plen":24}', unavailable],
  ['nothing known, before release 3.1', 200, '{}', { kind: 'not-found' }],
  ['nothing known', 404, '{"error":"{ Not Found }"}', { kind: 'not-found' }],
  ['unknown route', 404, '{"error":"Unknown Request"}', { kind: 'unknown-route' }],
  ['a bad id', 400, '{"error":"Invalid port id in the path"}', { ...refused, status: 400 }],
  ['not JSON', 200, '{', unavailable],
];

test.each(READS)('a read answered with %s', (_name, status, body, outcome) => {
  expect(classifyRead(ID, status, body)).toMatchObject(outcome);
});

test('a failure tells its code, once', () => {
  const refusedConnection = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
  });
  expect(classifyFailure(refusedConnection, false)).toEqual({
    kind: 'unavailable',
    reason: 'connect ECONNREFUSED 127.0.0.1:1',
    sent: false,
  });
  const closed = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  expect(classifyFailure(closed, true).reason).toBe('other side closed (UND_ERR_SOCKET)');
  expect(classifyFailure(new AggregateError([]), true).reason).toBe('AggregateError');
});
