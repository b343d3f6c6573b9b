import type { PortBody } from '../agent/port-body.ts';
import { settleFiles } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { badFields, DONE, refused, refusedPost } from '../expected/reply.ts';
import { ALL, REAL, WITH_LINK_STATE } from '../profiles.ts';
import { badField, invalidJson, only, refusesBody, refusesPort, unexpectedJson } from './refusals.ts';
import { linkUnknown } from './routes.ts';

const NOT_JSON: readonly (readonly [name: string, body: string])[] = [
  ['trailing-comma', '{"a":1,}'],
  ['trailing-text', '{} x'],
  ['comment', '// hello\n{}'],
  ['single-quotes', "{'a':1}"],
  ['half-an-array', '[{}'],
  ['nan', 'NaN'],
];

const STRINGS = ['display-name', 'ip-address', 'ip6-address', 'system-name', 'mac-address'] as const;
const INTEGERS = ['type', 'rx-vlan-id', 'tx-vlan-id'] as const;
const IDS = ['id', 'instance-id', 'vn-id', 'vm-project-id'] as const;

export const addReject = topic('add-reject', [
  refusesBody({ name: 'empty-body', fact: '37', title: 'an empty body is refused' }, '', invalidJson('')),
  refusesBody(
    { name: 'blank-body', fact: '37', title: 'a body of blanks is refused' },
    '   ',
    invalidJson('   '),
  ),
  {
    name: 'no-body',
    fact: '251',
    title: 'a POST without Content-Length has an empty body, and is refused',
    profiles: ALL,
    run: async (agent) => {
      await agent.ask('POST', '/port', undefined, agent.choose(invalidJson('')));
    },
  },
  ...NOT_JSON.map(([name, body]) =>
    refusesBody({ name, fact: '38', title: `${JSON.stringify(body)} is no JSON` }, body, invalidJson(body)),
  ),
  ...['5', '"a"', 'null'].map((body) =>
    refusesBody(
      { name: `json-${body.replaceAll('"', '')}`, fact: '39', title: `${body} is JSON, but no port` },
      body,
      unexpectedJson(body),
    ),
  ),
  ...[...STRINGS, ...INTEGERS].map((field) =>
    refusesPort(
      {
        name: `${field}-missing`,
        fact: '41',
        title: `a port without ${field} is refused, and the field named`,
      },
      { [field]: undefined },
      badField(field),
    ),
  ),
  ...IDS.slice(1).map((field) =>
    refusesPort(
      {
        name: `${field}-missing`,
        fact: '252',
        title: `a port without ${field} is refused, and the field named`,
      },
      { [field]: undefined },
      badField(field, 'data'),
    ),
  ),
  {
    name: 'id-missing',
    fact: '252',
    title: 'a port without id is refused, and the field named',
    profiles: ALL,
    run: async (agent) => {
      const { id: _id, ...rest } = agent.port();
      const text = JSON.stringify(rest);
      await agent.ask('POST', '/port', text, agent.choose(badField('id', 'data')(text)));
    },
  },
  ...IDS.map((field) =>
    refusesPort(
      { name: `${field}-a-number`, fact: '253', title: `a number in ${field} is refused` },
      field === 'id' ? {} : { [field]: 5 },
      badField(field, 'data'),
    ),
  ).slice(1),
  ...STRINGS.map((field) =>
    refusesPort(
      { name: `${field}-a-number`, fact: '253', title: `a number in ${field} is refused` },
      { [field]: 5 },
      badField(field),
    ),
  ),
  refusesPort(
    { name: 'several-missing', fact: '42', title: 'of several missing fields the first in order is named' },
    { 'tx-vlan-id': undefined, 'mac-address': undefined, 'display-name': undefined },
    (text) => {
      const { modern, 'r3.1': r31 } = badField('display-name')(text);
      return { ...(modern && { modern }), ...(r31 && { 'r3.1': r31 }) };
    },
  ),
  refusesPort(
    { name: 'all-bad-fields', fact: 'A6', title: 'every bad field is named, not only the first' },
    { 'tx-vlan-id': 4096, 'mac-address': 'x', 'display-name': undefined, type: '2' },
    only({ blueprint: badFields('tx-vlan-id', 'mac-address', 'display-name', 'type') }),
  ),
  ...['2', true, null, 2147483648].map((type, index) =>
    refusesPort(
      { name: `type-not-an-integer-${index + 1}`, fact: '43', title: `${JSON.stringify(type)} is no type` },
      { type },
      badField('type'),
    ),
  ),
  {
    name: 'type-with-a-fraction',
    fact: '43',
    title: '2.0 is no integer for the real agent',
    profiles: REAL,
    run: async (agent) => {
      const text = JSON.stringify(agent.port()).replace('"type":2', '"type":2.0');
      await agent.ask('POST', '/port', text, agent.choose(badField('type')(text)));
    },
  },
  {
    name: 'bytes-that-are-no-text',
    fact: '264',
    title: 'bytes that are not UTF-8 are refused',
    profiles: ['blueprint'],
    run: async (agent) => {
      const text = JSON.stringify(agent.port({ 'display-name': '?' }));
      const [before = '', after = ''] = text.split('?');
      const body = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
      await agent.ask('POST', '/port', body, refused(400));
    },
  },
  {
    name: 'body-too-large',
    fact: '265',
    title: 'a body of 8 MiB is refused with 413, and the agent goes on',
    profiles: ['blueprint'],
    run: async (agent) => {
      const huge = JSON.stringify(agent.port({ name: 'x'.repeat(8 * 1024 * 1024) }));
      agent.reply(await agent.wire.send({ method: 'POST', path: '/port', body: huge }), refused(413));
      await agent.add(agent.port());
    },
  },
  {
    name: 'error-body-is-compact',
    fact: '266',
    title: 'an error is one compact JSON object with the one key error',
    profiles: REAL,
    run: async (agent) => {
      const { text } = await agent.post('{');
      agent.expect.match('body', text, /^\{"error":"[^"]+"\}$/);
    },
  },
  {
    name: 'echo-is-escaped',
    fact: '267',
    title: 'the echo of a bad body is escaped as JSON wants it, and otherwise as it came',
    profiles: REAL,
    run: async (agent) => {
      const body = '{"a": "b/c\\d",\n\tü';
      await agent.ask('POST', '/port', body, refusedPost(`Invalid Json string ==> ${body}`));
    },
  },
  {
    name: 'leaves-no-file',
    fact: '45',
    title: 'a refused add leaves no file',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await refusedAdd(agent, { ...port, type: '2' });
      await settleFiles(agent);
      agent.expect.equal('there is a file', agent.folder.has(port.id), false);
    },
  },
  {
    name: 'leaves-no-port',
    fact: '45',
    title: 'after a refused add the port cannot be enabled',
    profiles: WITH_LINK_STATE,
    run: async (agent) => {
      const port = agent.port();
      await refusedAdd(agent, { ...port, type: '2' });
      await agent.ask('PUT', `/enable-port/${port.id}`, undefined, agent.choose(linkUnknown(port.id)));
    },
  },
  {
    name: 'keeps-the-connection',
    fact: '46',
    title: 'after a refused add the connection serves the next',
    profiles: ALL,
    run: async (agent) => {
      const connection = await agent.wire.open();
      const post = (body: unknown) =>
        agent.wire.sendOn(connection, { method: 'POST', path: '/port', body: JSON.stringify(body) });
      agent.expect.that('status', (await post({ id: 'x' })).status >= 400, 'a refusal', 'success');
      agent.reply(await post(agent.port()), DONE);
    },
  },
  {
    name: 'leaves-the-old-port',
    fact: '268',
    title: 'a refused add of a port that is there leaves it as it was',
    profiles: ALL,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port();
      await agent.add(port);
      await settleFiles(agent);
      const before = agent.folder.read(port.id);
      await refusedAdd(agent, { ...port, 'mac-address': 5 });
      await settleFiles(agent);
      agent.expect.equal('file', agent.folder.read(port.id), before);
    },
  },
]);

async function refusedAdd(agent: Parameters<Check['run']>[0], port: PortBody): Promise<void> {
  const { status } = await agent.post(port);
  agent.expect.equal('status', status, agent.isReal ? 500 : 400);
}
