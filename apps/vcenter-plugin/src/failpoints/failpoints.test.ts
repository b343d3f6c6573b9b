import { createLogger } from '@vrouter/service-kit';
import { expect, test } from 'vitest';
import { FAILPOINT_VARIABLE, openFailpoints } from './failpoints.ts';

const log = createLogger('test', 'silent');

/** What happens, in order, when a request goes through failpoints of which `armed` is. */
async function story(armed: string | undefined): Promise<string[]> {
  const events: string[] = [];
  const { around } = openFailpoints({ [FAILPOINT_VARIABLE]: armed }, log, () => events.push('crash'));
  expect(await around('create x', async () => events.push('sent'))).toBeGreaterThan(0);
  return events;
}

test.for([
  [undefined, ['sent']],
  ['', ['sent']],
  ['before create x', ['crash', 'sent']],
  ['after create x', ['sent', 'crash']],
  ['before create y', ['sent']],
  ['trace', ['sent']],
] as const)('armed %s', async ([armed, events]) => {
  expect(await story(armed)).toEqual(events);
});
