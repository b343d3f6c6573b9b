import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { adminErrorAnswer, type AdminErrorCode } from '../errors.ts';

/** Why a request of the admin API is refused; its route answers so. */
export class AdminRefusal extends Error {
  readonly code: AdminErrorCode;
  readonly detail: string | undefined;

  constructor(code: AdminErrorCode, detail?: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** What the body holds, as `schema` wants it. Throws `AdminRefusal` BAD_BODY. */
export function bodyOf<S extends z.ZodType>(request: FastifyRequest, schema: S): z.output<S> {
  let json: unknown;
  try {
    json = JSON.parse((request.body as Buffer | undefined)?.toString() ?? '');
  } catch (error) {
    throw new AdminRefusal('BAD_BODY', `expected JSON, got ${(error as Error).message}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new AdminRefusal('BAD_BODY', problemsText(result.error));
}

export function problemsText(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`)
    .join('; ');
}

/** A route's handler whose refusals are answers. */
export function refusable(
  handle: (request: FastifyRequest, reply: FastifyReply) => unknown,
): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    try {
      return await handle(request, reply);
    } catch (error) {
      if (!(error instanceof AdminRefusal)) throw error;
      const { status, body } = adminErrorAnswer(error.code, error.detail);
      return reply.code(status).send(body);
    }
  };
}
