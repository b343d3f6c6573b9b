import { z } from 'zod';
import type { HttpAnswer, HttpRequest } from '../http/exchange.ts';
import { parseObject } from '../json.ts';
import type { KeystoneAddress, KeystoneOptions } from './options.ts';

/** A token as it was issued. */
export interface Issued {
  readonly id: string;
  /** From its issue; Keystone's clock need not be ours. Undefined when Keystone does not tell both times. */
  readonly lifetimeMs: number | undefined;
  /** By Keystone's clock, since 1970. */
  readonly expiresAtMs: number;
}

/** How Keystone is asked for a token. */
export function tokenRequest(options: KeystoneOptions, { path, version }: KeystoneAddress): HttpRequest {
  const { user, password, project, domain = 'Default' } = options;
  if (version === 2) {
    const auth = { tenantName: project, passwordCredentials: { username: user, password } };
    return { method: 'POST', path: `${path}/tokens`, body: JSON.stringify({ auth }) };
  }
  const identity = {
    methods: ['password'],
    password: { user: { name: user, password, domain: { name: domain } } },
  };
  const scope = { project: { name: project, domain: { name: domain } } };
  return { method: 'POST', path: `${path}/auth/tokens`, body: JSON.stringify({ auth: { identity, scope } }) };
}

const Time = z.string().transform((text, context) => {
  // Keystone's times are UTC, with or without saying so.
  const ms = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`);
  if (!Number.isNaN(ms)) return ms;
  context.addIssue({ code: 'custom', message: 'expected a time' });
  return z.NEVER;
});

const V2 = z.object({
  access: z.object({ token: z.object({ id: z.string().min(1), expires: Time, issued_at: Time.optional() }) }),
});
const V3 = z.object({ token: z.object({ expires_at: Time, issued_at: Time.optional() }) });

/** The token in an answer of status 200 or 201; undefined if there is none. */
export function readToken(answer: HttpAnswer, version: 2 | 3): Issued | undefined {
  const body = parseObject(answer.text);
  if (version === 2) {
    const { success, data } = V2.safeParse(body);
    if (!success) return undefined;
    const { id, expires, issued_at } = data.access.token;
    return issued(id, expires, issued_at);
  }
  const { success, data } = V3.safeParse(body);
  const id = answer.headers['x-subject-token'];
  if (!success || typeof id !== 'string' || id === '') return undefined;
  return issued(id, data.token.expires_at, data.token.issued_at);
}

function issued(id: string, expiresAtMs: number, issuedAtMs: number | undefined): Issued {
  return { id, expiresAtMs, lifetimeMs: issuedAtMs === undefined ? undefined : expiresAtMs - issuedAtMs };
}
