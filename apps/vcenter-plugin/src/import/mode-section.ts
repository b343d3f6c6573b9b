import { HttpUrl } from '../config-values.ts';
import type { Note } from './vsphere-section.ts';

export const KEYSTONE_PASSWORD_FILE = './keystone-password';
const API_PORT = '8082';
const AS_COMPUTE = 'vcenter-as-compute';

/**
 * What `mode`, `api.`, `auth_` and `admin_` mean. Like the original, anything but `vcenter-as-compute` is taken for
 * vcenter-only; without the address of the config API there is no mode but standalone. The password goes nowhere.
 */
export function modeSection(keys: ReadonlyMap<string, string>, note: Note): Record<string, unknown> {
  const mode = keys.get('mode') === AS_COMPUTE ? AS_COMPUTE : 'vcenter-only';
  const url = apiUrl(keys, note);
  if (url === undefined) {
    if (keys.has('mode'))
      note(`mode: left out: ${mode} needs the config API, and api.hostname does not say where it is`);
    return { mode: 'standalone' };
  }
  const keystone = keystoneOf(keys, note);
  return { mode, configApi: { url, ...(keystone !== undefined && { keystone }) } };
}

function apiUrl(keys: ReadonlyMap<string, string>, note: Note): string | undefined {
  const host = keys.get('api.hostname');
  if (host === undefined) return undefined;
  const url = `http://${host}:${keys.get('api.port') ?? API_PORT}`;
  if (HttpUrl.safeParse(url).success) return url;
  note('api.hostname: left out: expected a host, and in api.port a port');
  return undefined;
}

/** The original asks for a token when it is told where. */
function keystoneOf(keys: ReadonlyMap<string, string>, note: Note): Record<string, unknown> | undefined {
  const url = keys.get('auth_url');
  if (url === undefined) return undefined;
  if (!HttpUrl.safeParse(url).success) {
    note('auth_url: left out: expected an http:// or https:// URL without a user');
    return undefined;
  }
  note(`admin_password: never printed; write it to ${KEYSTONE_PASSWORD_FILE}, beside the configuration`);
  return {
    url,
    username: keys.get('admin_user') ?? 'admin',
    passwordFile: KEYSTONE_PASSWORD_FILE,
    project: keys.get('admin_tenant_name') ?? 'admin',
  };
}
