import { beforeEach, expect, test } from 'vitest';
import { IPAM, ModelDriver, NOW, PROJECT, refusal, uuidOf } from '../testing/model-driver.ts';
import { refUpdate } from './ref-update.ts';
import type { TypeName } from './types.ts';

let driver: ModelDriver;
beforeEach(() => {
  driver = new ModelDriver();
});

const refusedCreate = (type: TypeName, body: object): string =>
  refusal(() => driver.create(type, body as Record<string, unknown>));

test('a new object needs a well-formed name', () => {
  expect(refusedCreate('virtual-machine', {})).toBe('400 Bad Request, no fq_name in POST body');
  expect(refusedCreate('virtual-machine', { fq_name: [] })).toBe('400 Bad Request, no fq_name in POST body');
  expect(refusedCreate('virtual-machine', { fq_name: ['a\u0001'] })).toBe(
    '400 Bad Request, name has illegal xml characters',
  );
  expect(refusedCreate('virtual-machine', { fq_name: ['a:b'] })).toBe(
    "400 Bad Request, name has one of invalid chars set([':'])",
  );
});

test('a name is taken once per type, a uuid once', () => {
  const machine = driver.machine('vm-1');
  expect(refusedCreate('virtual-machine', { fq_name: ['vm-1'], uuid: uuidOf(99) })).toBe(
    `409 [u'vm-1'] already exists with uuid: ${machine.uuid}`,
  );
  expect(refusedCreate('virtual-machine', { fq_name: ['vm-2'], uuid: machine.uuid })).toBe(
    `409 ${machine.uuid} already exists with fq_name: [u'vm-1']`,
  );
  expect(driver.create('instance-ip', addressBody('vm-1')).fqName).toEqual(machine.fqName);
});

function addressBody(name: string) {
  return { fq_name: [name], virtual_network_refs: [{ uuid: driver.network('other').uuid }] };
}

test('uuids are lower case with hyphens', () => {
  for (const uuid of ['x', uuidOf(171).toUpperCase(), uuidOf(1).replaceAll('-', '')]) {
    expect(refusedCreate('virtual-machine', { fq_name: ['vm'], uuid })).toBe(
      `400 Invalid UUID format: ${uuid}`,
    );
  }
});

test('a parent is of an allowed type, and exists', () => {
  const allowed = "Allowed types: ['virtual-machine', 'project']";
  const fq_name = ['default-domain', 'nobody', 'x'];
  expect(refusedCreate('virtual-machine-interface', { fq_name })).toBe(
    `400 Missing parent type: None. ${allowed}`,
  );
  expect(refusedCreate('virtual-machine-interface', { fq_name, parent_type: 'domain' })).toBe(
    `400 Invalid parent type: domain. ${allowed}`,
  );
  expect(refusedCreate('virtual-network', { fq_name })).toBe(
    "400 Parent [u'default-domain', u'nobody'] type project does not exist",
  );
  expect(refusedCreate('virtual-network', { fq_name: ['x'] })).toBe(
    "400 Invalid fq-name for object with parent_type project: [u'x']",
  );
  expect(refusedCreate('virtual-machine', { fq_name })).toBe(
    "400 Invalid fq-name of an object with no parent: [u'default-domain', u'nobody', u'x']",
  );
});

test('properties are of the right kind, and unknown ones are dropped', () => {
  const body = { fq_name: [...PROJECT, 'blue'], port_security_enabled: 'yes' };
  expect(refusedCreate('virtual-network', body)).toBe(
    "400 Bad property in create: Error validating property port_security_enabled: true/false expected instead of u'yes'",
  );
  const network = driver.network('blue');
  expect(refusal(() => driver.update(network.uuid, { display_name: 7 }))).toBe(
    '400 Bad property in http_put: Error validating property display_name: string value expected instead of 7',
  );
  const made = driver.create('virtual-network', {
    fq_name: [...PROJECT, 'red'],
    colour: 'red',
    is_shared: true,
    router_external: null,
  });
  expect(Object.keys(made.properties).toSorted()).toEqual([
    'display_name',
    'id_perms',
    'is_shared',
    'perms2',
  ]);
});

test('references name what exists, by uuid or by name', () => {
  const body = { fq_name: ['ip'], virtual_network_refs: [{ to: ['nowhere'] }] };
  expect(refusedCreate('instance-ip', body)).toBe(
    "400 Unknown reference in resource create {u'fq_name': [u'ip'], u'virtual_network_refs': [{u'to': [u'nowhere']}]}.",
  );
  expect(refusedCreate('instance-ip', { fq_name: ['ip'], virtual_network_refs: 'blue' })).toBe(
    '400 Bad reference in create: virtual_network_refs is not a list of references',
  );
  const network = driver.network('blue');
  const ip = driver.address('ip', network);
  expect(refusal(() => driver.update(ip.uuid, { virtual_network_refs: [{ uuid: ip.uuid }] }))).toBe(
    `400 Unknown reference in resource update instance_ip {u'virtual_network_refs': [{u'uuid': u'${ip.uuid}'}]}.`,
  );
});

test('the server completes name, permissions and owner; the creator is the creator for life', () => {
  const machine = driver.create('virtual-machine', {
    fq_name: ['vm-1'],
    id_perms: { enable: true, creator: 'vcenter-plugin', created: 'never' },
    perms2: { owner: 'someone' },
  });
  const time = '2026-01-02T03:04:05.678000';
  expect(machine.properties).toMatchObject({
    display_name: 'vm-1',
    id_perms: {
      enable: true,
      creator: 'vcenter-plugin',
      created: time,
      last_modified: time,
      user_visible: true,
    },
    perms2: { owner: 'someone', owner_access: 7, global_access: 0, share: [] },
  });
  const changed = driver.update(machine.uuid, { id_perms: { enable: false, creator: 'me' } });
  expect(changed.properties['id_perms']).toMatchObject({ enable: false, creator: 'vcenter-plugin' });
  const network = driver.network('blue');
  const project = driver.get(network.parent?.uuid ?? '');
  expect(network.properties['perms2']).toMatchObject({ owner: project.uuid.replaceAll('-', '') });
});

test('an update sets, takes away, and leaves the rest; refs are replaced as a whole', () => {
  const [blue, red] = [driver.network('blue'), driver.network('red')];
  const [one, two] = [driver.machine('vm-1'), driver.machine('vm-2')];
  const made = driver.interface('if-1', blue, one);
  expect(refusal(() => driver.update(made.uuid, { perms2: { global_access: 7 } }))).toBe(
    '400 owner in perms2 must be present',
  );
  driver.update(made.uuid, { display_name: 'x', port_security_enabled: true, fq_name: ['ignored'] });
  driver.update(made.uuid, { port_security_enabled: null, virtual_machine_refs: [{ uuid: two.uuid }] });
  const changed = driver.update(made.uuid, { virtual_network_refs: [{ to: red.fqName }] });
  expect(changed.fqName).toEqual(made.fqName);
  expect(changed.properties).not.toHaveProperty('port_security_enabled');
  expect(changed).toMatchObject({
    properties: { display_name: 'x' },
    refs: { 'virtual-machine': [{ uuid: two.uuid, attr: null }], 'virtual-network': [{ uuid: red.uuid }] },
  });
  expect(driver.update(made.uuid, { virtual_machine_refs: [] }).refs).not.toHaveProperty('virtual-machine');
});

test('children and references keep an object from being deleted', () => {
  const blue = driver.network('blue');
  const machine = driver.machine('vm-1');
  const made = driver.interface('if-1', blue, machine);
  const ip = driver.address('ip-1', blue, { virtual_machine_interface_refs: [{ uuid: made.uuid }] });
  const project = blue.parent?.uuid ?? '';
  expect(refusal(() => driver.delete(project))).toBe('409 Delete when children still present: ');
  expect(refusal(() => driver.delete(machine.uuid))).toBe('409 Delete when resource still referred: ');
  expect(refusal(() => driver.delete(made.uuid))).toBe('409 Delete when resource still referred: ');
  expect(refusal(() => driver.delete(blue.uuid))).toBe('409 Delete when resource still referred: ');
  for (const uuid of [ip.uuid, made.uuid, machine.uuid, blue.uuid]) driver.delete(uuid);
  expect(driver.state.graph.get(blue.uuid)).toBeUndefined();
});

test('a uuid that is used again has left its old parent, references and name', () => {
  const [blue, red] = [driver.network('blue'), driver.network('red')];
  const machine = driver.machine('vm-1');
  const made = driver.interface('if-1', blue, machine);
  driver.delete(made.uuid);
  const again = driver.create('virtual-machine-interface', {
    uuid: made.uuid,
    fq_name: ['vm-1', 'if-2'],
    parent_type: 'virtual-machine',
    virtual_network_refs: [{ uuid: red.uuid }],
  });
  const { graph } = driver.state;
  expect(graph.childrenOf(blue.parent?.uuid ?? '')).not.toContain(again);
  expect(graph.childrenOf(machine.uuid)).toEqual([again]);
  expect([graph.referrersOf(blue.uuid), graph.referrersOf(machine.uuid)]).toEqual([[], []]);
  expect(graph.referrersOf(red.uuid)).toEqual([again]);
  expect(graph.uuidOf(made.type, made.fqName)).toBeUndefined();
});

test("the server's own networks cannot be deleted", () => {
  const uuid =
    driver.state.graph.uuidOf('virtual-network', ['default-domain', 'default-project', 'ip-fabric']) ?? '';
  expect(refusal(() => driver.delete(uuid))).toBe(
    `409 Can not delete system created default virtual-network ${uuid}`,
  );
});

test('an interface without MAC address gets one made of its uuid', () => {
  const made = driver.interface('if-1', driver.network('blue'));
  expect(made.properties['virtual_machine_interface_mac_addresses']).toEqual({
    mac_address: ['02:00:00:00:00:00'],
  });
});

test('one reference is added or taken away', () => {
  const made = driver.interface('if-1', driver.network('blue'));
  const machine = driver.machine('vm-1');
  const body = {
    type: 'virtual-machine-interface',
    uuid: made.uuid,
    'ref-type': 'virtual-machine',
    'ref-uuid': machine.uuid,
    operation: 'ADD',
  };
  const refused = (changes: object): string =>
    refusal(() => refUpdate(driver.state, { ...body, ...changes }, NOW));
  expect(refused({ type: 'bgp-router' })).toBe("404 Resource type 'bgp-router' not found");
  expect(refused({ uuid: null })).toBe(
    '400 Bad Request: type/uuid/ref-type/operation is null: virtual-machine-interface, None, virtual-machine, ADD.',
  );
  expect(refused({ operation: 'put' })).toBe('400 Bad Request: operation should be add or delete: PUT');
  expect(refused({ 'ref-uuid': null })).toBe('400 Bad Request: ref-uuid or ref-fq-name must be specified');
  expect(refused({ 'ref-uuid': null, 'ref-fq-name': ['x'] })).toBe("404 Name [u'x'] not found");
  expect(refused({ 'ref-uuid': uuidOf(999) })).toBe(`404 Object Not Found: ${uuidOf(999)}`);
  expect(refused({ uuid: uuidOf(999) })).toBe(`404 Object Not Found: ${uuidOf(999)}`);
  expect(refUpdate(driver.state, body, NOW).refs).toMatchObject({
    'virtual-machine': [{ uuid: machine.uuid }],
  });
  const { 'ref-uuid': _, ...byName } = body;
  const gone = refUpdate(driver.state, { ...byName, 'ref-fq-name': ['vm-1'], operation: 'delete' }, NOW);
  expect(gone.refs).not.toHaveProperty('virtual-machine');
  expect(IPAM).toHaveLength(3);
});
