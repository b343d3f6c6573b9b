import { inChunks } from '../wire/chunked.ts';
import { answerWith, idIn, type Mutant } from './mutation.ts';

/** Wrong about HTTP itself, or about which request is whose. */
export const HTTP_MUTANTS: readonly Mutant[] = [
  {
    name: 'loses the second of two requests that come together',
    caughtBy: ['transport/pipelined-requests-are-answered-in-turn'],
    make: () => ({ takesApart: true, afterAnswer: 'close' }),
  },
  {
    name: 'says the reason OK with every status',
    caughtBy: ['transport/reason-of-400-is-its-own', 'transport/reason-of-404-is-its-own'],
    make: () => ({ answer: (answer) => ({ ...answer, reason: 'OK' }) }),
  },
  {
    name: 'answers success with 201',
    caughtBy: ['transport/success-of-add', 'transport/success-of-delete', 'transport/success-of-enable'],
    make: () => ({
      answer: (answer) => (answer.status === 200 ? { ...answer, status: 201, reason: 'Created' } : undefined),
    }),
  },
  {
    name: 'ends the body of a success with a new line',
    caughtBy: ['transport/success-of-add', 'add-accept/keys-in-any-order'],
    make: () => ({ answer: (answer) => ({ ...answer, body: `${answer.body}\n` }) }),
  },
  {
    name: 'answers text/plain',
    caughtBy: ['transport/answers-are-json'],
    make: () => ({
      answer: (answer) => ({
        ...answer,
        headerLines: answer.headerLines.map((line) =>
          /^content-type/i.test(line) ? 'Content-Type: text/plain' : line,
        ),
      }),
    }),
  },
  {
    name: 'answers in chunks',
    caughtBy: ['transport/nothing-after-the-answer', 'transport/success-of-add'],
    make: () => ({
      answer: (answer) => ({
        ...answer,
        headerLines: [...answer.headerLines, 'Transfer-Encoding: chunked'],
        body: inChunks(Buffer.from(answer.body), 16).toString(),
      }),
    }),
  },
  {
    name: 'sends a line end after each answer',
    caughtBy: ['transport/nothing-after-the-answer', 'transport/connection-is-kept'],
    make: () => ({ trailer: '\r\n' }),
  },
  {
    name: 'closes the connection after each answer',
    caughtBy: ['transport/connection-is-kept', 'add-reject/keeps-the-connection'],
    make: () => ({ afterAnswer: 'close' }),
  },
  {
    name: 'keeps the connection whatever the client asks for',
    caughtBy: ['transport/connection-close-is-honoured'],
    make: () => ({ afterAnswer: 'keep' }),
  },
  {
    name: 'answers as HTTP/1.0',
    caughtBy: ['transport/http-1.0-is-answered-as-1.1', 'transport/success-of-delete'],
    make: () => ({ answer: (answer) => ({ ...answer, version: 'HTTP/1.0' }) }),
  },
  {
    name: 'does not read chunked bodies',
    caughtBy: ['transport/chunked-body'],
    make: () => ({
      request: (request) =>
        request.headerLines.includes('Transfer-Encoding: chunked')
          ? { request: { ...request, headerLines: [], body: '' } }
          : undefined,
    }),
  },
  {
    name: 'insists on application/json',
    caughtBy: ['transport/no-content-type', 'transport/content-type-does-not-matter-1'],
    make: () => ({
      request: ({ method, headerLines }) =>
        method === 'POST' && !headerLines.includes('Content-Type: application/json')
          ? { answer: answerWith(415, { error: 'Unsupported Media Type' }) }
          : undefined,
    }),
  },
  {
    name: 'answers unknown paths with success',
    caughtBy: ['routing/root', 'routing/near-miss', 'routing/doubled-slash', 'robustness/long-path'],
    make: () => ({
      answer: (answer, { path }) =>
        answer.status === 404 && !path.includes('-') ? { ...answer, status: 200, body: '{}' } : undefined,
    }),
  },
  {
    name: 'forgives a trailing slash',
    caughtBy: ['routing/trailing-slash'],
    make: () => ({
      request: (request) =>
        request.path.endsWith('/') ? { request: { ...request, path: request.path.slice(0, -1) } } : undefined,
    }),
  },
  {
    name: 'does not know ids in upper case',
    caughtBy: ['routing/upper-case-id-is-the-same-port'],
    make: () => ({
      request: ({ path }) =>
        /[A-F]/.test(path)
          ? { answer: answerWith(404, { error: 'Unknown Request' }, 'Not Found') }
          : undefined,
    }),
  },
  {
    name: 'takes the query for a part of the path',
    caughtBy: ['routing/query-of-delete', 'routing/query-of-add', 'routing/query-of-enable'],
    make: () => ({
      request: ({ path }) =>
        path.includes('?')
          ? { answer: answerWith(404, { error: 'Unknown Request' }, 'Not Found') }
          : undefined,
    }),
  },
  {
    name: 'answers a bad id in the path with 404',
    caughtBy: ['routing/bad-id-of-get', 'routing/bad-id-of-delete'],
    make: () => ({
      answer: (answer, request) =>
        answer.status === 400 && request.method !== 'POST' && idIn(request) === undefined
          ? answerWith(404, { error: 'Unknown Request' }, 'Not Found')
          : undefined,
    }),
  },
  {
    name: 'allows POST where PUT is meant',
    caughtBy: ['routing/post-enable'],
    make: () => ({
      request: (request) =>
        request.path.startsWith('/enable-port/') ? { request: { ...request, method: 'PUT' } } : undefined,
      answer: (answer, { method }) => (method === 'POST' ? answerWith(200, {}) : answer),
    }),
  },
];
