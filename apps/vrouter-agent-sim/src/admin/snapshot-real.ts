import { Guid } from '@vrouter/port-model';
import { z } from 'zod';
import { Details, withoutGaps } from '../profiles/contrail/config/config-request.ts';

const CONFIGURED_MAX = 100_000;

/** What real agents hold besides ports: subscriptions, and what the control node told. */
export const SnapshotSubscription = z.strictObject({
  vmId: Guid.describe('The VM.'),
  vmName: z.string().describe('Its name.'),
  vnId: Guid.describe('The network; the nil id in `r4.1`.'),
  vmiId: Guid.describe('The interface; the nil id in `r4.1`.'),
  vmIdentifier: z.string().describe('`vm-id`.'),
  hostInterface: z.string().describe('`host-ifname`.'),
  vmInterface: z.string().describe('`vm-ifname`.'),
  vmNamespace: z.string().describe('`vm-namespace`.'),
  generation: z.int().min(0).describe('Of the last add.'),
});

export const SnapshotConfig = z.strictObject({
  isDeliveredToAll: z.boolean().describe('Whether ports that are not listed are configured.'),
  ports: z
    .record(Guid, z.union([z.literal('missing'), Details.transform(withoutGaps)]))
    .refine((ports) => Object.keys(ports).length <= CONFIGURED_MAX, {
      error: `at most ${CONFIGURED_MAX} ports`,
    })
    .describe('By id: `"missing"`, or what was said, as `config` of `POST /admin/config`.'),
});
