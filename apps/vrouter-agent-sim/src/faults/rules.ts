import { z } from 'zod';
import { REST_OPERATIONS } from '../rest/operations.ts';
import { DISK_CALLS } from './disk/disk-fault.ts';
import type { Fault, FaultWorld } from './fault.ts';
import { FAULTS } from './registry.ts';

const RULES_MAX = 1000;

const Match = z.strictObject({
  operation: z
    .union([z.enum(REST_OPERATIONS), z.array(z.enum(REST_OPERATIONS)).min(1)])
    .meta({ title: 'operation, or a list of them' })
    .optional()
    .describe(`One of ${REST_OPERATIONS.join(', ')}.`),
  portId: z
    .string()
    .toLowerCase()
    .optional()
    .describe(
      'Of the request (in those about VMs: the interface), or in the path that the disk is asked for.',
    ),
  vm: z.string().toLowerCase().optional().describe('Instance id in adds, id or name in requests about VMs.'),
  client: z.string().optional().describe('Address of the client.'),
  call: z.enum(DISK_CALLS).optional().describe('Of the disk; only for faults of the disk.'),
  nth: z.int().min(1).optional().describe('Only the n-th of those that match otherwise.'),
});
export type Match = z.infer<typeof Match>;

/** The name of a fault, or an object with its name as `kind` and its settings. */
const Action = z
  .preprocess(
    (action) => (typeof action === 'string' ? { kind: action } : action),
    z.looseObject({ kind: z.string() }),
  )
  .meta({ title: 'name, or object with `kind`' })
  .transform(({ kind, ...settings }, context) => {
    const fault: Fault | undefined = Object.hasOwn(FAULTS, kind) ? FAULTS[kind] : undefined;
    if (fault === undefined) {
      const names = Object.keys(FAULTS).join(', ');
      context.addIssue({ code: 'custom', message: `expected one of ${names}; got ${JSON.stringify(kind)}` });
      return z.NEVER;
    }
    const parsed = fault.settings.safeParse(settings);
    if (parsed.success) return { kind, ...settings };
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: 'custom', path, message: `${kind}: ${message}` });
    return z.NEVER;
  });

const OF_REQUESTS = ['operation', 'vm', 'client'] as const;
const OF_DISKS = ['call'] as const;

export const Rule = z
  .strictObject({
    match: Match.prefault({}).describe('All of what it names must be so.'),
    action: Action.describe('The fault, and its settings.'),
    skip: z.int().min(0).default(0).describe('So many matches go by untouched first.'),
    count: z.int().min(1).optional().describe('It fires so often at most; absent: always.'),
    probability: z.number().min(0).max(1).default(1).describe('Of firing, once the rest agrees.'),
  })
  .superRefine(({ match, action }, context) => {
    const isOfDisk = isDiskFault(action);
    for (const key of isOfDisk ? OF_REQUESTS : OF_DISKS) {
      if (match[key] === undefined) continue;
      const whose = isOfDisk ? 'requests' : 'the disk';
      context.addIssue({
        code: 'custom',
        path: ['match', key],
        message: `only faults of ${whose} can match by it`,
      });
    }
  });
export type Rule = z.infer<typeof Rule>;

/** All rules of an agent, as `PUT /admin/faults` and `--faults FILE` take them. */
export const RuleSet = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .optional()
    .describe('Of all chance in the rules; absent: as it was.'),
  rules: z.array(Rule).max(RULES_MAX).describe('Several may fire for one request, the first outermost.'),
});
export type RuleSet = z.infer<typeof RuleSet>;

/** Only to ask a fault where it sits. */
const NOWHERE: FaultWorld = {
  clock: { now: () => 0, schedule: () => () => undefined },
  realClock: { now: () => 0, schedule: () => () => undefined },
  random: () => 0,
  signal: AbortSignal.abort(),
  crash: () => undefined,
  agent: { port: () => undefined, request: async () => ({ ok: true }) },
};

function isDiskFault({ kind, ...settings }: { readonly kind: string }): boolean {
  const armed = FAULTS[kind]?.arm(settings, NOWHERE);
  return armed !== undefined && 'disk' in armed;
}
