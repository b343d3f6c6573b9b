import { answerWith, idIn, isAdd, isSync, portsIn, type Mutant } from './mutation.ts';
import { errorText, fileText, foundText, realError } from './real-agent.ts';

const DONE = answerWith(200, {});
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  404: 'Not Found',
  500: 'Internal Server Error',
};

/** Better, or just another, than the real agent is: wrong for its profile. */
export const REAL_MUTANTS: readonly Mutant[] = [
  {
    name: 'tells the IPv6 address as the releases before did',
    caughtBy: ['get/operational-keys-of-both-addresses', 'get/operational-keys-of-an-ipv6-address'],
    make: () => foundText((text) => text.replace('"v6-ip-address"', '"ip6-address"')),
  },
  {
    name: 'answers requests that come together in turn',
    caughtBy: ['transport/pipelined-requests-become-one'],
    make: () => ({ takesApart: true }),
  },
  {
    name: 'gives each status its own reason',
    caughtBy: ['transport/reason-of-404-is-ok', 'transport/reason-of-500-is-ok'],
    make: () => ({ answer: (answer) => ({ ...answer, reason: REASONS[answer.status] ?? 'OK' }) }),
  },
  {
    name: 'tells the date',
    caughtBy: [
      'transport/two-headers-on-success',
      'transport/two-headers-on-500',
      'transport/two-headers-on-get',
    ],
    make: () => ({
      answer: (answer) => ({
        ...answer,
        headerLines: [...answer.headerLines, 'Date: Thu, 14 Jun 2018 12:04:42 GMT'],
      }),
    }),
  },
  {
    name: 'ends its answers with a new line that it does not count',
    caughtBy: ['transport/nothing-after-the-answer'],
    make: () => ({ trailer: '\n' }),
  },
  {
    name: 'indents its errors',
    caughtBy: ['add-reject/error-body-is-compact'],
    make: () => ({
      answer: (answer) =>
        answer.status < 400
          ? undefined
          : { ...answer, body: JSON.stringify(JSON.parse(answer.body), null, 4) },
    }),
  },
  {
    name: 'writes its headers in lower case',
    caughtBy: ['transport/two-headers-on-success', 'transport/two-headers-on-404'],
    make: () => ({
      answer: (answer) => ({ ...answer, headerLines: answer.headerLines.map((line) => line.toLowerCase()) }),
    }),
  },
  {
    name: 'honours Connection: close',
    caughtBy: ['transport/connection-close-is-ignored', 'transport/http-1.0-keeps-the-connection'],
    make: () => ({ afterAnswer: 'close' }),
  },
  {
    name: 'takes ids in upper case',
    caughtBy: [
      'routing/upper-case-id-of-get',
      'routing/upper-case-id-of-delete',
      'routing/upper-case-id-of-enable',
    ],
    make: () => ({ request: (request) => ({ request: { ...request, path: request.path.toLowerCase() } }) }),
  },
  {
    name: 'decodes percent signs',
    caughtBy: ['routing/percent-signs-are-not-decoded'],
    make: () => ({
      request: (request) => ({ request: { ...request, path: decodeURIComponent(request.path) } }),
    }),
  },
  {
    name: 'writes errors of adds without blanks inside the braces',
    caughtBy: [
      'add-reject/type-missing',
      'add-reject/empty-body',
      'get/unknown-port',
      'add-values/bad-mac-1',
    ],
    make: () => errorText((error) => error.replace(/^\{ (.*) \}$/s, '{$1}')),
  },
  {
    name: 'writes errors of enable with blanks inside the braces',
    caughtBy: ['link-state/enable-unknown-port', 'link-state/enable-type-0'],
    make: () => errorText((error) => error.replace(/^\{(\S.*)\}$/s, '{ $1 }')),
  },
  {
    name: 'does not echo what it could not read',
    caughtBy: ['add-reject/trailing-comma', 'add-reject/json-5', 'add-reject/echo-is-escaped'],
    make: () => errorText((error) => error.replace(/==> .* \}$/s, '==>  }')),
  },
  {
    name: 'says field of every field',
    caughtBy: ['add-reject/id-missing', 'add-reject/vn-id-missing'],
    make: () => errorText((error) => error.replace('missing data for', 'missing field for')),
  },
  {
    name: 'tells that an array has a bad element',
    caughtBy: ['arrays/number-inside', 'arrays/bad-port-inside'],
    make: () => ({
      request: (request) => {
        const isBad = portsIn(request).some(
          (port) => typeof port !== 'object' || typeof port['type'] !== 'number',
        );
        return isAdd(request) && request.body.startsWith('[') && isBad
          ? { answer: realError('{ Json Array has invalid element }') }
          : undefined;
      },
    }),
  },
  {
    name: 'updates a port that is added again',
    caughtBy: ['re-add/changed-port-is-dropped', 're-add/other-vm-leaves-the-file'],
    make: () => ({
      request: async (request, world) => {
        const [port] = portsIn(request);
        if (isAdd(request) && port !== undefined) await world.ask('DELETE', `/port/${port.id}`);
        return undefined;
      },
    }),
  },
  {
    name: 'refuses what it cannot read instead of taking it for nothing',
    caughtBy: ['add-accept/ipv4-that-is-none-1', 'add-accept/ipv6-in-the-ipv4-field'],
    make: () => ({
      request: (request) => {
        const address = portsIn(request)[0]?.['ip-address'];
        return isAdd(request) && typeof address === 'string' && !/^\d+(\.\d+){3}$/.test(address)
          ? { answer: realError('{ Invalid or missing field for <ip-address> }') }
          : undefined;
      },
    }),
  },
  {
    name: 'answers 404 to enable of an unknown port',
    caughtBy: ['link-state/enable-unknown-port', 'link-state/nil-id', 'add-reject/leaves-no-port'],
    make: () => ({
      answer: (answer, { method }) =>
        method === 'PUT' && answer.status === 500 ? { ...answer, status: 404 } : undefined,
    }),
  },
  {
    name: 'keeps MACs in lower case',
    caughtBy: ['add-accept/mac-as-given-1'],
    make: () => fileText((text) => text.replace(/"mac-address": ".*"/, (match) => match.toLowerCase())),
  },
  {
    name: 'keeps VLANs in 12 bits',
    caughtBy: ['add-accept/vlan-70000', 'add-accept/no-vlans'],
    make: () =>
      fileText((text) => text.replace(/(?<=-vlan-id": )\d+/g, (vlan) => String(Number(vlan) & 4095))),
  },
  {
    name: 'ends files with a new line',
    caughtBy: ['file-format/no-newline-at-the-end', 'file-format/every-byte'],
    make: () => fileText((text) => `${text}\n`),
  },
  {
    name: 'writes its file after the answer',
    caughtBy: ['file-format/file-before-the-answer'],
    make: () => ({
      request: (request, world) => {
        if (!isAdd(request)) return undefined;
        world.later(200, async () => void (await world.ask('POST', '/port', request.body)));
        return { answer: DONE };
      },
    }),
  },
  {
    name: 'counts generations in more than 16 bits',
    caughtBy: ['sync-sweep/marks-wrap'],
    make: () => {
      let syncCount = 0;
      // As one in eight: the agent behind never comes to the end of its 16 bits.
      return {
        request: (request) => (isSync(request) && ++syncCount % 8 !== 0 ? { answer: DONE } : undefined),
      };
    },
  },
  {
    name: 'answers GET of an unknown port with success',
    caughtBy: ['get/unknown-port', 'delete/then-get'],
    make: () => ({
      answer: (answer, request) =>
        request.method === 'GET' && idIn(request) !== undefined && answer.status === 404 ? DONE : undefined,
    }),
  },
];
