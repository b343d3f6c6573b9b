import { samePort } from '@vrouter/port-model';
import { samplePort } from '@vrouter/testkit';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { STALE_TIMEOUT_MS, TableDriver } from '../testing/table-driver.ts';
import { TableModel } from '../testing/table-model.ts';
import { isSeen, type Command } from './model.ts';

const portNumber = fc.integer({ min: 1, max: 5 });
const port = fc
  .record({
    number: portNumber,
    type: fc.constantFrom(2 as const, 2 as const, 2 as const, 1 as const, 0 as const),
    vlan: fc.constantFrom(7, 8),
    linkState: fc.constantFrom(undefined, undefined, 0 as const, 1 as const),
  })
  .map(({ number, type, vlan, linkState }) =>
    samplePort(number, {
      type,
      'tx-vlan-id': vlan,
      ...(linkState !== undefined && { 'link-state': linkState }),
    }),
  );
const id = portNumber.map((number) => samplePort(number).id);
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('add' as const), ports: fc.array(port, { maxLength: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('delete' as const, 'enable', 'disable'), id }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'sync' as const }) },
);

type Event =
  /** Commands that arrive while nothing is saved yet, then the fates of their batches. */
  | { readonly kind: 'burst'; readonly commands: readonly Command[]; readonly fates: readonly boolean[] }
  | { readonly kind: 'crash'; readonly commands: readonly Command[] }
  | { readonly kind: 'advance'; readonly ms: number };

const commands = fc.array(command, { minLength: 1, maxLength: 6 });
const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('burst' as const),
      commands,
      fates: fc.array(
        fc.nat(4).map((number) => number > 0),
        { maxLength: 6 },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), commands }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      ms: fc.integer({ min: 1, max: 1.5 * STALE_TIMEOUT_MS }),
    }),
  },
);

function run(driver: TableDriver, model: TableModel, happened: Event): void {
  if (happened.kind === 'advance') {
    driver.advance(happened.ms);
    model.advanceTo(driver.nowMs);
    return;
  }
  driver.isHolding = true;
  const requests = happened.commands.map((one) => driver.send(one));
  if (happened.kind === 'crash') {
    driver.restart();
    model.restart(driver.nowMs);
  } else {
    for (let batch = 0; driver.finish((happened.fates[batch] ?? true) ? 'saved' : 'failed'); batch += 1);
  }
  driver.isHolding = false;
  requests.forEach((request, index) => {
    const outcome = driver.replies.get(request);
    const one = happened.commands[index]!;
    // The crash came before the first batch was saved, so only commands that need no saving were answered.
    if (outcome === undefined) {
      expect(happened.kind).toBe('crash');
      return;
    }
    if (!outcome.ok && (outcome.code === 'NOT_SAVED' || outcome.code === 'OVERLOADED')) return;
    expect(outcome.ok, one.kind).toBe(model.apply(one, driver.nowMs));
  });
}

function expectAlike(driver: TableDriver, model: TableModel): void {
  const { table } = driver.state;
  expect([...table.ports.keys()].sort()).toEqual([...model.ports.keys()].sort());
  for (const [portId, expected] of model.ports) {
    const entry = table.ports.get(portId)!;
    expect(samePort(entry.port, expected.port)).toBe(true);
    expect(entry.linkState).toBe(expected.linkState);
    expect(isSeen(table, entry)).toBe(!model.notSeen.has(portId));
  }
  expect(table.deadlines.map(({ atMs }) => atMs)).toEqual(model.syncs.map(({ atMs }) => atMs));
  const onDisk = [...driver.store.ports].map(([portId, saved]) => [portId, saved.port, saved.linkState]);
  const inTable = [...table.ports].map(([portId, entry]) => [portId, entry.port, entry.linkState]);
  expect(new Set(onDisk)).toEqual(new Set(inTable));
}

for (const batchCommandsMax of [1, 4]) {
  test(`the table is what the model says after any story, ${batchCommandsMax} commands to a batch`, () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (story) => {
        const driver = new TableDriver({ batchCommandsMax, deadlinesMax: 1000 });
        const model = new TableModel();
        for (const happened of story) {
          run(driver, model, happened);
          expectAlike(driver, model);
        }
      }),
      { numRuns: 300 },
    );
  });
}
