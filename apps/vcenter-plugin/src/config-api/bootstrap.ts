import type { ConfigApiClient, NewObjectOf, NoAnswer } from '@vrouter/config-api-client';
import { ID_PERMS, IPAM, PROJECT, SECURITY_GROUP, uuidFor } from './names.ts';

type BootstrapType = 'project' | 'network-ipam' | 'security-group';
type BootstrapApi = Pick<ConfigApiClient, 'resolve' | 'create'>;

/** The uuid of the project, after making it, its IPAM and its security group where they are missing. */
export async function bootstrap(
  api: BootstrapApi,
  signal: AbortSignal,
): Promise<{ readonly kind: 'project'; readonly uuid: string } | NoAnswer> {
  const project = await ensure(api, 'project', PROJECT, { parent_type: 'domain' }, signal);
  if (typeof project !== 'string') return project;
  const parent = { parent_type: 'project' };
  const ipam = await ensure(api, 'network-ipam', IPAM, parent, signal);
  if (typeof ipam !== 'string') return ipam;
  const group = { ...parent, security_group_entries: { policy_rule: [INGRESS, EGRESS] } };
  const securityGroup = await ensure(api, 'security-group', SECURITY_GROUP, group, signal);
  return typeof securityGroup === 'string' ? { kind: 'project', uuid: project } : securityGroup;
}

/** The uuid of the object called `fqName`, which is made if it is missing. */
async function ensure<T extends BootstrapType>(
  api: BootstrapApi,
  type: T,
  fqName: readonly string[],
  fields: Omit<NewObjectOf<T>, 'fq_name'>,
  signal: AbortSignal,
): Promise<string | NoAnswer> {
  const found = await api.resolve(type, fqName, signal);
  if (found.kind === 'resolved') return found.uuid;
  if (found.kind !== 'not-found') return found;
  const uuid = uuidFor(type, ...fqName);
  const object = { ...fields, fq_name: fqName, uuid, id_perms: ID_PERMS } as NewObjectOf<T>;
  const made = await api.create(type, object, signal);
  switch (made.kind) {
    case 'created':
      return made.uuid;
    case 'conflict':
      // Somebody else, or an attempt whose answer was lost, was faster.
      return made.uuid ?? uuid;
    case 'not-found':
      return { kind: 'refused', status: 404, message: made.message };
    case 'refused':
    case 'unauthorised':
    case 'unavailable':
      return made;
  }
}

const PORTS = [{ start_port: 0, end_port: 65_535 }];
const ANYWHERE = [{ subnet: { ip_prefix: '0.0.0.0', ip_prefix_len: 0 } }];
const RULE = { direction: '>', protocol: 'any', ethertype: 'IPv4', src_ports: PORTS, dst_ports: PORTS };
const LOCAL = [{ security_group: 'local' }];
const INGRESS = {
  ...RULE,
  rule_uuid: uuidFor('rule', 'ingress'),
  src_addresses: [{ security_group: SECURITY_GROUP.join(':') }],
  dst_addresses: LOCAL,
};
const EGRESS = {
  ...RULE,
  rule_uuid: uuidFor('rule', 'egress'),
  src_addresses: LOCAL,
  dst_addresses: ANYWHERE,
};
