import { expect, test } from 'vitest';
import { leftovers } from './disks.ts';

test('only disks of campaigns that are not alive are left over', () => {
  const mounts = [
    'tmpfs /run tmpfs rw 0 0',
    'vrouter-campaign-10 /tmp/one/agent-1 tmpfs rw 0 0',
    'vrouter-campaign-11 /tmp/two/agent-1 tmpfs rw 0 0',
    'vrouter-campaign-11 /tmp/two/plugin tmpfs rw 0 0',
    '',
  ].join('\n');
  expect(leftovers(mounts, (pid) => pid === 10)).toEqual(['/tmp/two/agent-1', '/tmp/two/plugin']);
});
