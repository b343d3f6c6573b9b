import { Guid } from '@vrouter/port-model';
import { z } from 'zod';
import type { ConfigDelivery } from './config-delivery.ts';

export const Details = z.strictObject({
  ip: z.ipv4().optional().describe('0.0.0.0: the agent learns of no IPv4 subnet.'),
  plen: z.int().min(0).max(32).optional().describe('Length of the prefix of the subnet.'),
  gateway: z.ipv4().optional().describe('Of the IPv4 subnet.'),
  dnsServer: z.ipv4().optional().describe('Of the IPv4 subnet.'),
  ip6: z.ipv6().optional().describe('`::`: the agent learns of no IPv6 subnet.'),
  gateway6: z.ipv6().optional().describe('Of the IPv6 subnet.'),
  dnsServer6: z.ipv6().optional().describe('Of the IPv6 subnet.'),
  mac: z.string().optional().describe('Of the adapter; not checked.'),
  vnName: z.string().optional().describe('Name of the network, for `GET /vm-cfg`.'),
  annotations: z.array(z.string()).max(1000).readonly().optional().describe('For `GET /vm-cfg`.'),
});

export const ConfigBody = z.strictObject({
  ports: z
    .union([z.literal('all'), z.array(Guid).max(100_000)])
    .meta({ title: '`all`, or a list of ids' })
    .describe(
      'Which ports; `all` is about those to come, too. Also interfaces that only a subscription names, by `vmi-uuid`, ' +
        'and in `r4.1` by the id of the VM.',
    ),
  delivered: z.boolean().describe('Whether the agent has the configuration from now on.'),
  config: Details.prefault({}).describe('What it says, where that is not what is made up.'),
});

const NOTHING_TO_CONFIGURE =
  'Agents of this profile know no configuration by the control node: GET tells what was added. ' +
  'Nothing was changed; start the agent with --profile r4.1 or tf for that';

export type ConfigAnswer = { readonly status: 200 } | { readonly status: 400 | 409; readonly error: string };

/**
 * Carries out `POST /admin/config`: `{"ports": "all" | [ids], "delivered": true | false, "config"?: {...}}`. `config` says
 * what the control node knows of these ports, where that is not what is made up.
 */
export function requestConfig(delivery: ConfigDelivery | undefined, body: unknown): ConfigAnswer {
  if (delivery === undefined) return { status: 409, error: NOTHING_TO_CONFIGURE };
  if (delivery.mode === 'none') {
    return {
      status: 409,
      error: 'Nothing is ever delivered: the agent was started with --config-delivery none',
    };
  }
  const parsed = ConfigBody.safeParse(body);
  if (!parsed.success) return { status: 400, error: z.prettifyError(parsed.error) };
  const { ports, delivered, config } = parsed.data;
  if (ports === 'all') {
    delivery.setAll(delivered);
    return { status: 200 };
  }
  for (const id of ports) {
    if (delivered) delivery.deliver(id, withoutGaps(config));
    else delivery.withdraw(id);
  }
  return { status: 200 };
}

type Filled<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** As types have it, an absent key is not an undefined one. */
export function withoutGaps<T extends object>(values: T): Filled<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Filled<T>;
}
