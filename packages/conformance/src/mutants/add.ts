import { answerWith, changedError, isAdd, portsIn, withPort, type Mutant } from './mutation.ts';

const DONE = answerWith(200, {});
const BODY_BYTES = 1024 * 1024;

/** Wrong about what may be added, and about what is said of it. */
export const ADD_MUTANTS: readonly Mutant[] = [
  {
    name: 'says yes and adds nothing',
    caughtBy: ['add-accept/port-is-there', 'arrays/two-ports', 'transport/success-of-enable'],
    make: () => ({ request: (request) => (isAdd(request) ? { answer: DONE } : undefined) }),
  },
  {
    name: 'swallows the errors of adds',
    caughtBy: [
      'add-reject/empty-body',
      'add-reject/type-missing',
      'arrays/bad-element-1',
      'add-values/strict-type-7',
    ],
    make: () => ({
      answer: (answer, request) => (isAdd(request) && answer.status === 400 ? DONE : undefined),
    }),
  },
  {
    name: 'answers 500 to bad input',
    caughtBy: ['add-reject/trailing-comma', 'add-reject/display-name-missing', 'link-state/enable-type-1'],
    make: () => ({ answer: (answer) => (answer.status === 400 ? { ...answer, status: 500 } : undefined) }),
  },
  {
    name: 'answers bad input with a text instead of JSON',
    caughtBy: ['add-reject/nan', 'link-state/enable-unknown-port'],
    make: () => ({
      answer: (answer) => (answer.status >= 400 ? { ...answer, body: 'Bad Request' } : undefined),
    }),
  },
  {
    name: 'gives no details',
    caughtBy: ['add-reject/display-name-missing', 'arrays/bad-element-0'],
    make: () => changedError(({ error }) => ({ error })),
  },
  {
    name: 'does not say what it got',
    caughtBy: ['add-reject/mac-address-missing'],
    make: () =>
      changedError(({ error, details }) => ({
        error,
        details: details?.map((detail) => ({ ...detail, got: undefined })),
      })),
  },
  {
    name: 'names another field',
    caughtBy: ['add-reject/ip-address-missing', 'add-values/strict-vlan-4096'],
    make: () =>
      changedError(({ error, details }) => ({
        error,
        details: details?.map((detail) => ({ ...detail, field: 'id' })),
      })),
  },
  {
    name: 'names the first bad field only',
    caughtBy: ['add-reject/all-bad-fields', 'arrays/every-bad-element'],
    make: () => changedError(({ error, details }) => ({ error, details: details?.slice(0, 1) })),
  },
  {
    name: 'does not say which element is bad',
    caughtBy: ['arrays/bad-element-0', 'arrays/bad-port-inside', 'arrays/number-inside'],
    make: () =>
      changedError(({ error, details }) => ({
        error,
        details: details?.map((detail) => ({ ...detail, index: undefined })),
      })),
  },
  {
    name: 'counts elements from one',
    caughtBy: ['arrays/bad-element-1', 'arrays/every-bad-element'],
    make: () =>
      changedError(({ error, details }) => ({
        error,
        details: details?.map((detail) => ({
          ...detail,
          ...(detail.index !== undefined && { index: detail.index + 1 }),
        })),
      })),
  },
  {
    name: 'adds the good elements of a bad array',
    caughtBy: ['arrays/bad-element-1', 'arrays/bad-port-inside'],
    make: () => ({
      answer: async (answer, request, world) => {
        if (!isAdd(request) || answer.status !== 400 || !request.body.startsWith('[')) return undefined;
        for (const port of portsIn(request)) await world.ask('POST', '/port', JSON.stringify(port));
        return answer;
      },
    }),
  },
  {
    name: 'adds the first of an array only',
    caughtBy: ['arrays/two-ports', 'arrays/many-ports'],
    make: () => ({
      request: (request) => {
        const [first] = portsIn(request);
        return isAdd(request) && request.body.startsWith('[') && typeof first === 'object'
          ? withPort(request, first)
          : undefined;
      },
    }),
  },
  {
    name: 'refuses an empty array',
    caughtBy: ['arrays/empty'],
    make: () => ({
      request: (request) =>
        request.body === '[]' ? { answer: answerWith(400, { error: 'nothing' }) } : undefined,
    }),
  },
  {
    name: 'has no limit for bodies',
    caughtBy: ['add-reject/body-too-large'],
    make: () => ({
      request: (request) => (request.body.length > BODY_BYTES ? { answer: DONE } : undefined),
    }),
  },
  {
    name: 'refuses unknown fields',
    caughtBy: ['add-accept/unknown-fields', 'add-accept/original-client'],
    make: () => ({
      request: (request) =>
        request.body.includes('"fq_name"')
          ? { answer: answerWith(400, { error: 'unknown field' }) }
          : undefined,
    }),
  },
  {
    name: 'refuses None',
    caughtBy: ['add-accept/no-ipv4', 'add-accept/no-ipv6'],
    make: () => ({
      request: (request) =>
        request.body.includes('"None"') ? { answer: answerWith(400, { error: 'no address' }) } : undefined,
    }),
  },
  {
    name: 'cuts VLANs to 12 bits',
    caughtBy: ['add-values/strict-vlan-4096', 'add-values/strict-vlan-65535'],
    make: () => ({
      request: (request) => {
        const [port] = portsIn(request);
        return isAdd(request) && Number(port?.['rx-vlan-id']) > 4095
          ? withPort(request, { ...port, 'rx-vlan-id': Number(port?.['rx-vlan-id']) & 4095 })
          : undefined;
      },
    }),
  },
  {
    name: 'drops link-state from adds',
    caughtBy: ['add-accept/link-state-of-the-request', 're-add/link-state-of-a-repeated-add-counts'],
    make: () => ({
      request: (request) => {
        const [port] = portsIn(request);
        return isAdd(request) && port?.['link-state'] !== undefined
          ? withPort(request, { ...port, 'link-state': undefined })
          : undefined;
      },
    }),
  },
  {
    name: 'keeps names in ASCII only',
    caughtBy: ['add-accept/name-of-any-characters'],
    make: () => ({
      request: (request) =>
        isAdd(request)
          ? { request: { ...request, body: request.body.replace(/[\u0080-\uffff]/g, '?') } }
          : undefined,
    }),
  },
  {
    name: 'crashes on deep JSON',
    caughtBy: ['robustness/deep-arrays', 'robustness/deep-objects'],
    make: () => ({
      request: (request) => (/^(\[|\{"a":){1000}/.test(request.body) ? 'cut' : undefined),
    }),
  },
];
