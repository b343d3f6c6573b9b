import type { FastifyRequest } from 'fastify';
import { readJson } from '../rest/body.ts';
import type { Answer, Route } from '../rest/door.ts';
import { mayLogIn, type Account, type Credentials } from './accounts.ts';
import type { Token, Tokens } from './tokens.ts';
import { errorBody, readV2, readV3, v2Body, v3Body } from './wire.ts';

/** Keystone's token endpoints, versions 2 and 3. */
export function keystoneRoutes(accounts: readonly Account[], tokens: Tokens): Route[] {
  const issue = (
    request: FastifyRequest,
    read: (body: unknown) => Credentials | undefined,
    answer: (token: Token) => Answer,
  ): Answer => {
    const credentials = read(readJson(request));
    if (credentials === undefined) {
      return { status: 400, json: errorBody(400, 'Bad Request', 'Expecting to find credentials in auth.') };
    }
    if (!mayLogIn(accounts, credentials)) {
      const message = 'The request you have made requires authentication.';
      return { status: 401, json: errorBody(401, 'Unauthorized', message) };
    }
    return answer(tokens.issue(credentials.user, credentials.project));
  };
  return [
    {
      method: 'POST',
      url: '/v2.0/tokens',
      operation: 'token',
      work: (request) => issue(request, readV2, (token) => ({ json: v2Body(token) })),
    },
    {
      method: 'POST',
      url: '/v3/auth/tokens',
      operation: 'token',
      work: (request) =>
        issue(request, readV3, (token) => ({
          status: 201,
          headers: { 'X-Subject-Token': token.id },
          json: v3Body(token),
        })),
    },
  ];
}
