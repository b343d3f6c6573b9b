import { VsphereError } from '../errors.ts';
import { child, descend, type XmlElement } from '../xml/element.ts';
import { textElement, type Reference } from '../xml/write.ts';
import type { SoapClient } from './soap-client.ts';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A logged-in session, with the objects where everything starts. */
export interface Session {
  readonly rootFolder: Reference;
  readonly propertyCollector: Reference;
  readonly searchIndex: Reference;
  readonly sessionManager: Reference;
  /** Not every server has one. */
  readonly ipPoolManager: Reference | undefined;
}

const SERVICE_INSTANCE: Reference = { type: 'ServiceInstance', value: 'ServiceInstance' };
const CALL_TIME_MS_MAX = 30_000;
const LOGOUT_TIME_MS_MAX = 1_000;
const REFUSALS = new Set(['InvalidLogin', 'NoPermission', 'InvalidLocale', 'PasswordExpired']);

/** Throws `LOGIN_REFUSED` when vCenter does not want these credentials. */
export async function logIn(
  client: SoapClient,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Session> {
  client.forgetSession();
  const limits = { signal, timeoutMs: CALL_TIME_MS_MAX };
  const content = child(
    await client.call('RetrieveServiceContent', SERVICE_INSTANCE, '', limits),
    'returnval',
  );
  const session: Session = {
    rootFolder: reference(content, 'rootFolder'),
    propertyCollector: reference(content, 'propertyCollector'),
    searchIndex: reference(content, 'searchIndex'),
    sessionManager: reference(content, 'sessionManager'),
    ipPoolManager: optionalReference(content, 'ipPoolManager'),
  };
  const { username, password } = credentials;
  const args = textElement('userName', username) + textElement('password', password);
  try {
    await client.call('Login', session.sessionManager, args, limits);
  } catch (error) {
    if (!(error instanceof VsphereError) || !REFUSALS.has(error.fault ?? '')) throw error;
    throw new VsphereError('LOGIN_REFUSED', `vCenter refused the login of ${username}: ${error.fault}`, {
      cause: error,
    });
  }
  return session;
}

/** Ends the session, if vCenter still listens: a session left behind counts against its limit for half an hour. */
export async function logOut(client: SoapClient, session: Session): Promise<void> {
  const limits = { signal: new AbortController().signal, timeoutMs: LOGOUT_TIME_MS_MAX };
  await client.call('Logout', session.sessionManager, '', limits).catch(() => undefined);
  client.forgetSession();
}

/** The object at an inventory path such as `DC0/vm/web`, of one of these types. Throws `NO_SUCH_PLACE`. */
export async function findByPath(
  client: SoapClient,
  session: Session,
  wanted: { readonly path: string; readonly type: RegExp; readonly what: string },
  signal: AbortSignal,
): Promise<Reference> {
  const { path, type, what } = wanted;
  const limits = { signal, timeoutMs: CALL_TIME_MS_MAX };
  const args = textElement('inventoryPath', path);
  const answer = await client.call('FindByInventoryPath', session.searchIndex, args, limits);
  const found = child(answer, 'returnval');
  if (found?.refType !== undefined && type.test(found.refType)) {
    return { type: found.refType, value: found.text };
  }
  throw new VsphereError('NO_SUCH_PLACE', `vCenter shows no ${what} at ${path}`);
}

function reference(content: XmlElement | undefined, name: string): Reference {
  const found = optionalReference(content, name);
  if (found !== undefined) return found;
  throw new VsphereError('BAD_ANSWER', `The service content has no ${name}`);
}

function optionalReference(content: XmlElement | undefined, name: string): Reference | undefined {
  const found = descend(content, name);
  return found?.refType === undefined || found.text === ''
    ? undefined
    : { type: found.refType, value: found.text };
}
