import { NIL_GUID } from '@vrouter/port-model';
import { expectFile } from '../agent/known.ts';
import { topic, type Check } from '../check.ts';
import { badFields, DONE } from '../expected/reply.ts';
import { MODERN, REAL } from '../profiles.ts';
import { invalidJson, only, refusesBody, refusesPort } from './refusals.ts';

const GUID = 'f3999f6c-656c-4ba1-b267-e16405466180';

/** Texts that are no guid to the real agent, and to nobody who is strict. */
const NO_GUIDS: readonly (readonly [name: string, text: string])[] = [
  ['32-digits', GUID.replaceAll('-', '')],
  ['in-braces', `{${GUID}}`],
  ['35-characters', GUID.slice(0, -1)],
  ['none', 'None'],
  ['empty', ''],
  ['dot-before', `.${GUID}`],
];

/** Texts that are JSON to some parsers, and not to that of the real agent. */
const NOT_QUITE_JSON: readonly (readonly [name: string, body: string, isStrictJson: boolean])[] = [
  ['control-character', '{"a":"\u0001"}', false],
  ['byte-order-mark', '\uFEFF{}', false],
  ['number-beyond-measure', '{"a":1e400}', true],
  ['lone-surrogate', String.raw`{"a":"\ud800"}`, true],
];

/** A port with `sent` is accepted by modern releases, and its file then holds `stored`. */
function keeps(name: string, fact: Check['fact'], field: string, sent: unknown, stored: unknown): Check {
  return {
    name,
    fact,
    title: `${field} of ${JSON.stringify(sent)} is kept as ${JSON.stringify(stored)}`,
    profiles: MODERN,
    needs: ['ports-dir'],
    run: async (agent) => {
      const port = agent.port({ [field]: sent });
      await agent.ask('POST', '/port', port, DONE);
      await expectFile(agent, port.id, { [field]: stored });
    },
  };
}

/** What the parsers of the real agent make of texts and numbers at the edge. */
export const parseVectors = topic('parse', [
  ...NO_GUIDS.map(([name, text]) => keeps(`guid-${name}`, '223', 'instance-id', text, NIL_GUID)),
  ...NO_GUIDS.map(([name, text]) =>
    refusesPort(
      { name: `strict-guid-${name}`, fact: '223', title: `"${text}" is refused as an instance id` },
      { 'instance-id': text },
      only({ blueprint: badFields('instance-id') }),
    ),
  ),
  keeps('guid-with-text-behind', '21', 'instance-id', `${GUID}/abc`, GUID),
  keeps('guid-with-blanks-before', '21', 'instance-id', `  ${GUID}`, GUID),
  keeps('ipv4-in-the-ipv6-field', '225', 'ip6-address', '10.0.0.3', '::'),
  keeps('ipv6-loopback', '226', 'ip6-address', '0:0:0:0:0:0:0:1', '::1'),
  keeps('vhostuser-mode-of-257', '228', 'vhostuser-mode', 257, 1),
  ...NOT_QUITE_JSON.map(([name, body, isStrictJson]): Check => ({
    ...refusesBody(
      { name, fact: '38', title: `${JSON.stringify(body)} is no JSON to the real agent` },
      body,
      invalidJson(body),
    ),
    ...(isStrictJson && { profiles: REAL }),
  })),
]);
