import type { FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import { isFields } from '../model/permissions.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The body as a JSON object; undefined when there is none. Throws `Refusal` BAD_BODY. */
export function readJson(request: FastifyRequest): Fields | undefined {
  const text = request.body as string | undefined;
  if (text === undefined || text === '') return undefined;
  // The real server sees no body under any other type.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal('BAD_BODY', 'Expected a body with Content-Type: application/json');
  }
  const value = parse(text);
  if (!isFields(value)) throw new Refusal('BAD_BODY', 'Invalid JSON');
  return value;
}

/** As `readJson`, for requests that need a body. */
export function requireJson(request: FastifyRequest): Fields {
  const body = readJson(request);
  if (body === undefined) throw new Refusal('BAD_BODY', 'Expected a JSON body, got none');
  return body;
}

/** What `body` holds under the name of the type. */
export function objectIn(body: Fields, type: string): Fields {
  const object = body[type];
  if (isFields(object)) return object;
  throw new Refusal('BAD_BODY', `Expected an object under ${JSON.stringify(type)} in the body`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('BAD_BODY', 'Invalid JSON');
  }
}
