import { expect, test } from 'vitest';
import { PictureReader } from './picture-reader.ts';
import { picture, vm } from './testing/pictures.ts';

test('what was known before this process counts for the first picture, and not after a power off', () => {
  const knownBefore = (): { ip: string } => ({ ip: '10.0.0.5' });
  const agentVm = { name: 'contrailVM', fabricNetwork: 'fabric' };
  const reader = new PictureReader({ agentVm, someSwitches: false, ipPools: false }, { knownBefore });
  const addressWhen = (power: 'poweredOn' | 'poweredOff'): string | undefined =>
    reader.read(picture({ vms: [{ ...vm, power }] })).vms[0]?.adapters[0]?.ip;
  expect(addressWhen('poweredOn')).toBe('10.0.0.5');
  expect(addressWhen('poweredOff')).toBeUndefined();
  expect(addressWhen('poweredOn')).toBeUndefined();
});
