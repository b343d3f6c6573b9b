import fc from 'fast-check';
import { NIL_GUID } from '@vrouter/port-model';
import { expect, test } from 'vitest';
import { parseIpv4, readIpv4, readIpv6 } from './addresses.ts';
import { hasFiveColons, isMac, printedMac } from './mac.ts';
import { readUuid } from './uuid.ts';

const ID = 'f3999f6c-656c-4ba1-b267-e16405466180';

test('what is no uuid is the nil one', () => {
  const bad = [
    ID.replaceAll('-', ''),
    `{${ID}}`,
    ID.slice(0, 35),
    'None',
    '',
    `.${ID}`,
    'x',
    `g${ID.slice(1)}`,
  ];
  for (const text of bad) expect(readUuid(text), text).toBe(NIL_GUID);
});

test('case, blanks before and anything behind a uuid do not matter', () => {
  for (const text of [ID, ID.toUpperCase(), `  ${ID}`, `\t\n${ID}`, `${ID}.tmp`, `${ID}/abc`, `${ID}0`])
    expect(readUuid(text), text).toBe(ID);
});

test('what is no IPv4 address is none', () => {
  const bad = [
    'None',
    '',
    '10.0.0',
    '10.0.0.256',
    'fd11::3',
    '010.0.0.1',
    ' 10.0.0.3',
    '10.0.0.3 ',
    '0x1.1.1.1',
  ];
  for (const text of bad) expect(readIpv4(text), text).toBe('0.0.0.0');
  expect(readIpv4('10.0.0.3')).toBe('10.0.0.3');
  expect(parseIpv4('0.0.0.0')).toBe('0.0.0.0');
});

test('IPv6 addresses come out as the system prints them, and what is none as ::', () => {
  const expected: Record<string, string> = {
    None: '::',
    '': '::',
    '10.0.0.3': '::',
    'fe80::1%eth0': '::',
    '1:2:3:4:5:6:7': '::',
    'FD11::3': 'fd11::3',
    '0:0:0:0:0:0:0:1': '::1',
    '2001:db8:0:0:1:0:0:1': '2001:db8::1:0:0:1',
    '::ffff:10.0.0.1': '::ffff:10.0.0.1',
    '::a00:1': '::10.0.0.1',
    '64:ff9b::a00:1': '64:ff9b::a00:1',
  };
  for (const [text, address] of Object.entries(expected)) expect(readIpv6(text), text).toBe(address);
});

test('a MAC is six groups of up to two hex digits', () => {
  const bad = [
    '02-1a-00-00-00-01',
    '02:00:00:00:00',
    '02:00:00:00:00:01:02',
    '02:00:00:00:00:01 ',
    '02:00:00:00:00:4z',
    '0x2:0:0:0:0:1',
    '002:0:0:0:0:1',
    '00:00:00:00:00:00',
    '-0:0:0:0:0:0',
    '',
    ':::::',
  ];
  for (const text of bad) expect(isMac(text), text).toBe(false);
  const good = [
    '02:00:00:00:00:01',
    '2:1:3:4:5:6',
    'AA:BB:CC:DD:EE:FF',
    ' 02:1:2:3:4:5',
    '0:0:0:0:0:1',
    '2: 1:3:4:5:6',
  ];
  for (const text of good) expect(isMac(text), text).toBe(true);
  expect(printedMac('2:A:3:4:5:F')).toBe('02:0a:03:04:05:0f');
});

test('R3 counts colons and nothing else', () => {
  expect(['a:b:c:d:e:f', ':::::', '00:00:00:00:00:00', ''].map(hasFiveColons)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test('any MAC is printed in a form that reads as the same', () => {
  const groups = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 6, maxLength: 6 });
  fc.assert(
    fc.property(groups, (bytes) => {
      fc.pre(bytes.some((byte) => byte !== 0));
      const text = bytes.map((byte) => byte.toString(16)).join(':');
      expect(isMac(text)).toBe(true);
      expect(printedMac(printedMac(text))).toBe(printedMac(text));
      expect(
        printedMac(text)
          .split(':')
          .map((group) => parseInt(group, 16)),
      ).toEqual(bytes);
    }),
  );
});
