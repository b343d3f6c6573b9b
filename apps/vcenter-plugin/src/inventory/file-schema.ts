import { Guid, Ipv4OrNone, Ipv6OrNone, Mac } from '@vrouter/port-model';
import { z } from 'zod';
import { refineUnique } from '../refine-unique.ts';

const Vlan = z.int().min(0).max(4095);
const name = z.string().min(1).max(255);

/** The inventory file. Unknown keys are errors: a misspelt key must not silently take ports away. */
export const InventoryFile = z
  .strictObject({
    hosts: z
      .array(
        z.strictObject({
          name: name.describe('ESXi host name, as in the `agents` of the configuration.'),
          maintenance: z
            .boolean()
            .default(false)
            .describe('Nothing is sent to the agent of a host in maintenance.'),
          connected: z
            .boolean()
            .default(true)
            .describe('false: vCenter has lost the host; treated like maintenance.'),
        }),
      )
      .default([]),
    networks: z
      .array(
        z.strictObject({
          name: name.describe('Port group name; adapters refer to it.'),
          key: name
            .optional()
            .describe(
              'vCenter key, such as `dvportgroup-21`; the network id is made from it. Default: the name.',
            ),
          vlan: z
            .strictObject({
              primary: Vlan.describe('VLAN on which a VM receives (tx-vlan-id).'),
              isolated: Vlan.describe(
                'VLAN on which a VM sends (rx-vlan-id); equal to `primary` for a plain VLAN.',
              ),
            })
            .optional()
            .describe('Absent: adapters of this network get no port.'),
        }),
      )
      .default([]),
    vms: z
      .array(
        z.strictObject({
          name: z.string().min(1).describe('For people; it travels to the agent as display-name.'),
          id: Guid.describe('Instance uuid.'),
          host: name.describe('Host it runs on.'),
          power: z.enum(['on', 'off', 'suspended']).describe('`suspended` counts as off.'),
          project: Guid.optional().describe('Tenant.'),
          annotation: z
            .string()
            .optional()
            .describe('What others wrote on it; OpenStack begins with `name:` and its name there.'),
          adapters: z
            .array(
              z.strictObject({
                key: z.string().min(1).optional().describe('Device key; default: the position in the list.'),
                mac: Mac.optional().describe('Absent until assigned; then there is no port yet.'),
                network: name.describe('Name of one of `networks`.'),
                connected: z
                  .boolean()
                  .default(true)
                  .describe('false: the port is there but does not forward.'),
                ip: Ipv4OrNone.optional().describe('IPv4 address, where known.'),
                ip6: Ipv6OrNone.optional().describe('IPv6 address, where known.'),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
  })
  .superRefine((file, context) => {
    const networks = new Set(file.networks.map((network) => network.name));
    file.vms.forEach((vm, v) => {
      vm.adapters.forEach((adapter, a) => {
        if (networks.has(adapter.network)) return;
        context.addIssue({
          code: 'custom',
          path: ['vms', v, 'adapters', a, 'network'],
          message: `there is no network ${JSON.stringify(adapter.network)} in this file`,
        });
      });
    });
    const { hosts, networks: nets, vms } = file;
    refineUnique(
      context,
      ['hosts'],
      'name',
      hosts.map((host) => host.name),
    );
    refineUnique(
      context,
      ['networks'],
      'name',
      nets.map((network) => network.name),
    );
    refineUnique(
      context,
      ['networks'],
      'key',
      nets.map((network) => network.key ?? network.name),
    );
    refineUnique(
      context,
      ['vms'],
      'id',
      vms.map((vm) => vm.id),
    );
    vms.forEach((vm, index) => {
      const keys = vm.adapters.map((adapter, position) => adapter.key ?? String(position));
      refineUnique(context, ['vms', index, 'adapters'], 'key', keys);
    });
  });
