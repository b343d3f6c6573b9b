import { z } from 'zod';
import type { Credentials } from './accounts.ts';
import type { Token } from './tokens.ts';

const V2Request = z.object({
  auth: z.object({
    tenantName: z.string(),
    passwordCredentials: z.object({ username: z.string(), password: z.string() }),
  }),
});

const V3Request = z.object({
  auth: z.object({
    identity: z.object({
      methods: z.array(z.string()).refine((methods) => methods.includes('password')),
      password: z.object({ user: z.object({ name: z.string(), password: z.string() }) }),
    }),
    scope: z.object({ project: z.object({ name: z.string() }) }),
  }),
});

/** Who asks for a token; undefined when the body is not a request of that version. */
export function readV2(body: unknown): Credentials | undefined {
  const parsed = V2Request.safeParse(body);
  if (!parsed.success) return undefined;
  const { tenantName, passwordCredentials } = parsed.data.auth;
  return { user: passwordCredentials.username, password: passwordCredentials.password, project: tenantName };
}

export function readV3(body: unknown): Credentials | undefined {
  const parsed = V3Request.safeParse(body);
  if (!parsed.success) return undefined;
  const { identity, scope } = parsed.data.auth;
  const { name, password } = identity.password.user;
  return { user: name, password, project: scope.project.name };
}

export function v2Body({ id, user, project, issuedAtMs, expiresAtMs }: Token): object {
  return {
    access: {
      token: {
        id,
        issued_at: new Date(issuedAtMs).toISOString(),
        expires: new Date(expiresAtMs).toISOString().replace(/\.\d+Z$/, 'Z'),
        tenant: { id: project, name: project, enabled: true },
      },
      user: { id: user, name: user, username: user, roles: [{ name: 'admin' }], roles_links: [] },
      serviceCatalog: [],
      metadata: { is_admin: 0, roles: [] },
    },
  };
}

/** The token's id travels in the header X-Subject-Token. */
export function v3Body({ user, project, issuedAtMs, expiresAtMs }: Token): object {
  const domain = { id: 'default', name: 'Default' };
  return {
    token: {
      methods: ['password'],
      issued_at: new Date(issuedAtMs).toISOString(),
      expires_at: new Date(expiresAtMs).toISOString(),
      user: { id: user, name: user, domain },
      project: { id: project, name: project, domain },
      roles: [{ id: 'admin', name: 'admin' }],
      catalog: [],
    },
  };
}

export function errorBody(code: number, title: string, message: string): object {
  return { error: { code, title, message } };
}
