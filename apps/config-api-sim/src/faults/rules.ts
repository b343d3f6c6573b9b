import { z } from 'zod';
import { TYPE_NAMES } from '../model/types.ts';

const OPERATIONS = [
  'create',
  'read',
  'update',
  'delete',
  'list',
  'fqname-to-id',
  'id-to-fqname',
  'ref-update',
  'token',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const DELAY_MS_MAX = 600_000;
const RULES_MAX = 1_000;

/** `before`: the request is not carried out. `after`: it is, and only its answer suffers. */
const when = z.enum(['before', 'after']).default('before');

export const Effect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('latency'), delayMs: z.number().min(0).max(DELAY_MS_MAX) }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    text: z.string().optional(),
    when,
  }),
  /** The connection ends without an answer. */
  z.strictObject({ kind: z.literal('drop'), when }),
]);
export type Effect = z.infer<typeof Effect>;

/** What goes wrong, and for which requests: those that match, after the first `skip`, `count` times. */
const FaultRule = z.strictObject({
  operation: z.enum(OPERATIONS).optional(),
  type: z.enum(TYPE_NAMES).optional(),
  skip: z.int().min(0).default(0),
  count: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).default(1),
  effect: Effect,
});

export const FaultPlan = z.strictObject({
  seed: z.int().default(1),
  rules: z.array(FaultRule).max(RULES_MAX).default([]),
});
export type FaultPlan = z.infer<typeof FaultPlan>;
