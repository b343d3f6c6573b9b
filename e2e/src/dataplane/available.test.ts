import { expect, test } from 'vitest';
import { missingTools } from './available.ts';

test('missing programs are named by the Debian packages that bring them', () => {
  expect(missingTools('/nowhere')).toBe(
    'the data plane needs openvswitch-switch openvswitch-common iproute2 iputils-ping util-linux; to get it: ' +
      'scripts/system-packages, or apt-get install --no-install-recommends openvswitch-switch openvswitch-common iproute2 iputils-ping util-linux',
  );
});
