import { HttpUrl } from '../config-values.ts';

export const PASSWORD_FILE = './vcenter-password';

/** Tells the operator what did not become what it was. */
export type Note = (text: string) => void;

/** The `inventory` section that the `vcenter.` keys mean. The password goes nowhere. */
export function vsphereSection(keys: ReadonlyMap<string, string>, note: Note): Record<string, unknown> {
  const fabricNetwork = keys.get('vcenter.ipfabricpg');
  const scope = scopeOf(keys, note);
  const url = urlOf(keys.get('vcenter.url'), note);
  note(
    `vcenter.password: never printed; write it to ${PASSWORD_FILE}, beside the configuration, readable for the plugin only`,
  );
  return {
    kind: 'vsphere',
    ...(url !== undefined && { url }),
    ...has('username', keys.get('vcenter.username')),
    passwordFile: PASSWORD_FILE,
    ...(Object.keys(scope).length > 0 && { scope }),
    ...(fabricNetwork !== undefined && { agentVm: { fabricNetwork } }),
  };
}

function urlOf(text: string | undefined, note: Note): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null) {
    note('vcenter.url: expected a URL such as https://vcenter.example/sdk');
    return undefined;
  }
  if (url.username !== '' || url.password !== '') {
    url.username = '';
    url.password = '';
    note('vcenter.url: the user in it was left out');
  }
  if (!HttpUrl.safeParse(url.href).success) {
    note('vcenter.url: expected an http:// or https:// URL');
    return undefined;
  }
  if (url.protocol === 'https:')
    note(
      'vcenter.url: the certificate is checked now, as it was not before; set inventory.tls.caFile when the authority is your own',
    );
  return url.href;
}

/** A cluster or switch is looked for in a data centre: without one they mean nothing to us. */
function scopeOf(keys: ReadonlyMap<string, string>, note: Note): Record<string, unknown> {
  const parts = { cluster: 'vcenter.cluster_name', switch: 'vcenter.dvswitch' };
  const datacenter = keys.get('vcenter.datacenter');
  const scope: Record<string, unknown> = has('datacenter', datacenter);
  for (const [part, key] of Object.entries(parts)) {
    const name = keys.get(key);
    if (name === undefined) continue;
    if (datacenter === undefined) note(`${key}: left out, as vcenter.datacenter does not say where to look`);
    else scope[part] = [name];
  }
  return scope;
}

function has(key: string, value: string | undefined): Record<string, unknown> {
  return value === undefined ? {} : { [key]: value };
}
