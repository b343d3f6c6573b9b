import fc from 'fast-check';
import { expect, test } from 'vitest';
import { importConfig } from './import-config.ts';

const NEEDED = 'vcenter.url=http://vc/sdk\nvcenter.username=admin\n';
const PASSWORD_NOTE = expect.stringContaining(
  'vcenter.password: never printed; write it to ./vcenter-password',
);

/** The notes beyond the one on the password. */
function notesOf(properties: string, map = ''): readonly string[] {
  return importConfig(properties, map).notes.filter((note) => !note.startsWith('vcenter.password'));
}

test.each([
  ['mode=vcenter-only', 'mode: left out: vcenter-only needs the config API'],
  ['mode=vcenter-as-compute', 'mode: left out: vcenter-as-compute needs the config API'],
  ['api.hostname=not a host', 'api.hostname: left out: expected a host'],
  ['api.hostname=h\nauth_url=keystone', 'auth_url: left out: expected an http:// or https:// URL'],
  [
    'api.hostname=h\nauth_url=http://k:5000/v2.0',
    'admin_password: never printed; write it to ./keystone-password',
  ],
  ['admin_token=x', 'admin_token: left out: unknown key of Keystone'],
  ['zookeeper.serverlist=127.0.0.1:2181', 'zookeeper.serverlist: left out: electing a master'],
  ['colour=blue', 'colour: left out: unknown key'],
  ['introspect.port=http', 'introspect.port: left out: expected a port'],
  ['introspect.port=65536', 'introspect.port: left out: expected a port'],
  ['vcenter.dvswitch=dvs-1', 'vcenter.dvswitch: left out, as vcenter.datacenter'],
  ['vcenter.cluster_name=C0', 'vcenter.cluster_name: left out, as vcenter.datacenter'],
  ['vcenter.url=vc', 'vcenter.url: expected a URL'],
  ['vcenter.url=ftp://vc/sdk', 'vcenter.url: expected an http:// or https:// URL'],
  ['vcenter.url=https://vc/sdk', 'vcenter.url: the certificate is checked now'],
])('of %j the operator is told', (line, note) => {
  expect(notesOf(`${NEEDED}${line}\n`)).toEqual([expect.stringContaining(note)]);
});

test('bad lines of the map are told with their numbers', () => {
  expect(notesOf(NEEDED, 'esx-1:10.0.0.1\nesx-2\n')).toEqual([
    'map line 2: left out: expected HOST:IPV4, got "esx-2"',
  ]);
});

test('without a map the operator is told', () => {
  expect(importConfig(NEEDED, undefined).notes).toEqual([
    PASSWORD_NOTE,
    expect.stringContaining('no map file'),
  ]);
});

test('no password comes out, wherever it stands', () => {
  const secret = fc.stringMatching(/^[a-z]{12}[0-9]{4}$/u);
  fc.assert(
    fc.property(secret, (word) => {
      const { config, notes } = importConfig(
        `vcenter.password=${word}\nadmin_password=${word}\nadmin_token=${word}\nvcenter.url=https://u:${word}@vc/sdk\n`,
        '',
      );
      expect(JSON.stringify([config, notes])).not.toContain(word);
    }),
  );
});

test('an empty value and the heading are nothing to tell', () => {
  expect(notesOf(`[DEFAULT]\n# comment\n${NEEDED}mode=\nvcenter.cluster_name = \n`)).toEqual([]);
});

test('the mode comes with the config API, and with Keystone where there is one', () => {
  const modeOf = (lines: string): object => {
    const { listen: _l, inventory: _i, agents: _a, ...rest } = importConfig(`${NEEDED}${lines}`, '').config;
    return rest;
  };
  expect(modeOf('api.hostname=10.0.0.1\n')).toEqual({
    mode: 'vcenter-only',
    configApi: { url: 'http://10.0.0.1:8082' },
  });
  const keystone = 'auth_url=http://k:5000/v2.0\nadmin_user=u\nadmin_tenant_name=t\n';
  expect(modeOf(`mode=vcenter-as-compute\napi.hostname=api\napi.port=80\n${keystone}`)).toEqual({
    mode: 'vcenter-as-compute',
    configApi: {
      url: 'http://api:80',
      keystone: {
        url: 'http://k:5000/v2.0',
        username: 'u',
        passwordFile: './keystone-password',
        project: 't',
      },
    },
  });
});

test('all that we have a word for is carried over', () => {
  const properties = [
    '[DEFAULT]',
    String.raw`vcenter.url = https\://vc.example/sdk`,
    'vcenter.username=first',
    'vcenter.username=admin@vsphere.local',
    'vcenter.password=hunter2',
    String.raw`vcenter.datacenter=M\u00fcnchen`,
    'vcenter.dvswitch=dvs-1',
    'vcenter.cluster_name=C0',
    'vcenter.ipfabricpg=fabric',
    'introspect.port=8777',
  ].join('\n');
  expect(importConfig(properties, 'esx-1:10.0.0.1\n').config).toEqual({
    listen: '127.0.0.1:8777',
    mode: 'standalone',
    inventory: {
      kind: 'vsphere',
      url: 'https://vc.example/sdk',
      username: 'admin@vsphere.local',
      passwordFile: './vcenter-password',
      scope: { datacenter: 'München', cluster: ['C0'], switch: ['dvs-1'] },
      agentVm: { fabricNetwork: 'fabric' },
    },
    agents: [{ name: 'esx-1', url: 'http://10.0.0.1:9091', host: 'esx-1' }],
  });
});
