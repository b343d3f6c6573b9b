import { createLogger } from '@vrouter/service-kit';
import { expect, test } from 'vitest';
import { FAILPOINT_VARIABLE, openFailpoints } from './failpoints.ts';

const log = createLogger('test', 'silent');

/** What happens, in order, when a request goes twice through failpoints of which `armed` is. */
async function story(armed: string | undefined): Promise<string[]> {
  const events: string[] = [];
  const { around } = openFailpoints({ [FAILPOINT_VARIABLE]: armed }, log, () => events.push('crash'));
  for (const event of ['first', 'second'])
    expect(await around('create project', async () => events.push(event))).toBeGreaterThan(0);
  return events;
}

test.for([
  [undefined, ['first', 'second']],
  ['', ['first', 'second']],
  ['before create project#1', ['crash', 'first', 'second']],
  ['after create project#1', ['first', 'crash', 'second']],
  ['before create project#2', ['first', 'crash', 'second']],
  ['after create project#2', ['first', 'second', 'crash']],
  ['before create project#3', ['first', 'second']],
  ['before create network-ipam#1', ['first', 'second']],
  ['trace', ['first', 'second']],
] as const)('armed %s', async ([armed, events]) => {
  expect(await story(armed)).toEqual(events);
});

test.for([
  'before create project',
  'create project#1',
  'before create project#0',
  'before create nonsense#1',
  'before agent sleep#1',
  'list',
])('%s is no failpoint: nothing starts, and the error lists those that there are', async (armed) => {
  const refusal = expect(story(armed)).rejects;
  await refusal.toThrow(`${FAILPOINT_VARIABLE}: expected trace, or "before <request>#<n>" or`);
  await refusal.toThrow(`got ${JSON.stringify(armed)}; requests: agent sync, agent add,`);
  await refusal.toMatchObject({ exitCode: 2 });
});
