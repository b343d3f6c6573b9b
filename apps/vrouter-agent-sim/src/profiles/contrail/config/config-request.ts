import { Guid } from '@vrouter/port-model';
import { z } from 'zod';
import type { ConfigDelivery } from './config-delivery.ts';

const Details = z.strictObject({
  ip: z.ipv4().optional(),
  plen: z.int().min(0).max(32).optional(),
  gateway: z.ipv4().optional(),
  dnsServer: z.ipv4().optional(),
  ip6: z.ipv6().optional(),
  gateway6: z.ipv6().optional(),
  dnsServer6: z.ipv6().optional(),
  mac: z.string().optional(),
  vnName: z.string().optional(),
  annotations: z.array(z.string()).max(1000).optional(),
});

const Request = z.strictObject({
  ports: z.union([z.literal('all'), z.array(Guid).max(100_000)]),
  delivered: z.boolean(),
  config: Details.prefault({}),
});

export type ConfigAnswer = { readonly status: 200 } | { readonly status: 400 | 409; readonly error: string };

/**
 * Carries out `POST /admin/config`: `{"ports": "all" | [ids], "delivered": true | false, "config"?: {...}}`. `config` says
 * what the control node knows of these ports, where that is not what is made up.
 */
export function requestConfig(delivery: ConfigDelivery | undefined, body: unknown): ConfigAnswer {
  if (delivery === undefined) return { status: 409, error: 'Ports of this profile need no configuration' };
  if (delivery.mode === 'none') {
    return {
      status: 409,
      error: 'Nothing is ever delivered: the agent was started with --config-delivery none',
    };
  }
  const parsed = Request.safeParse(body);
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

function withoutGaps<T extends object>(values: T): Filled<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Filled<T>;
}
