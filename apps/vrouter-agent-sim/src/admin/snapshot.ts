import type { LinkState } from '@vrouter/port-model';
import { z } from 'zod';
import type { Agent } from '../agent.ts';
import { isSeen, type Contents, type Table } from '../ports/model.ts';
import type { Api } from '../profiles/profile.ts';
import { wirePort } from '../ports/wire-port.ts';
import { AdminRefusal } from './body.ts';
import { portsIn } from './snapshot-ports.ts';
import { SnapshotConfig, SnapshotSubscription } from './snapshot-real.ts';

export const SNAPSHOT_FORMAT = 1;

const Generation = z.int().min(0);

/** All that an agent holds, as a file. Times are what is left of them, so that it can be loaded at any time. */
export const Snapshot = z
  .strictObject({
    format: z.literal(SNAPSHOT_FORMAT).describe(`${SNAPSHOT_FORMAT}.`),
    generation: Generation.describe('How many syncs came.'),
    deadlines: z
      .array(
        z.strictObject({
          generation: Generation.describe('What was not added since this sync goes.'),
          remainingMs: z.number().min(0).describe('Until it falls due.'),
        }),
      )
      .describe('Sweeps to come, in order of generation.'),
    ports: z
      .array(
        z.strictObject({
          generation: Generation.describe('Of the last add; the port is seen when it is that of the agent.'),
          seen: z.boolean().optional().describe('For readers; not read back.'),
          port: z.record(z.string(), z.unknown()).describe('Under its wire names, with its link-state.'),
        }),
      )
      .describe('Each port once.'),
    subscriptions: z
      .array(SnapshotSubscription)
      .optional()
      .describe('Of VMs, in `r4.1` and `tf`; absent: none.'),
    config: SnapshotConfig.optional().describe(
      'What the control node delivered, in `r4.1` and `tf`; absent: stays as it is.',
    ),
  })
  .refine(({ deadlines }) => deadlines.every(isAfterTheOneBefore), {
    path: ['deadlines'],
    error: 'expected each generation once, in order',
  })
  .refine(({ generation, deadlines }) => deadlines.every((one) => one.generation <= generation), {
    path: ['deadlines'],
    error: 'expected no generation beyond that of the agent',
  })
  .refine(({ generation, ports }) => ports.every((one) => one.generation <= generation), {
    path: ['ports'],
    error: 'expected no generation beyond that of the agent',
  });
export type Snapshot = z.infer<typeof Snapshot>;

/** What `agent` holds at `nowMs`. */
export function snapshotOf({ table }: Agent, api: Api, nowMs: number): Snapshot {
  const { subscriptions, delivery } = api;
  return {
    format: SNAPSHOT_FORMAT,
    generation: table.generation,
    deadlines: table.deadlines.map(({ generation, atMs }) => ({
      generation,
      remainingMs: Math.max(0, atMs - nowMs),
    })),
    ports: portsOf(table).map(({ generation, seen, port }) => ({ generation, seen, port })),
    ...(subscriptions !== undefined && { subscriptions: [...subscriptions.all] }),
    ...(delivery !== undefined && { config: delivery.state }),
  };
}

/**
 * What a snapshot makes of an agent's table; `isStrict`: every port must be valid. Throws `AdminRefusal` BAD_BODY that
 * names the bad ports.
 */
export function contentsOf({ generation, deadlines, ports }: Snapshot, isStrict: boolean): Contents {
  const parsed = portsIn(
    ports.map(({ port }) => port),
    isStrict,
  );
  const seenIds = new Set<string>();
  const entries = parsed.map(({ 'link-state': linkState = 0, ...port }, index) => {
    if (seenIds.has(port.id)) throw new AdminRefusal('BAD_BODY', `element ${index}: ${port.id} comes twice`);
    seenIds.add(port.id);
    return { port, linkState, generation: ports[index]?.generation ?? generation };
  });
  return { generation, deadlines, entries };
}

export interface ShownPort {
  readonly id: string;
  readonly seen: boolean;
  readonly generation: number;
  readonly linkState: LinkState;
  readonly port: ReturnType<typeof wirePort>;
}

/** The ports of a table as the admin API tells of them, in order of id. */
export function portsOf(table: Table): ShownPort[] {
  const ports = [...table.ports.values()].map((entry) => ({
    id: entry.port.id,
    seen: isSeen(table, entry),
    generation: entry.generation,
    linkState: entry.linkState,
    port: wirePort(entry),
  }));
  return ports.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function isAfterTheOneBefore(
  one: { readonly generation: number },
  index: number,
  all: readonly { readonly generation: number }[],
): boolean {
  return index === 0 || (all[index - 1]?.generation ?? Infinity) < one.generation;
}
