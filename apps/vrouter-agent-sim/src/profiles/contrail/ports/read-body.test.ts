import { samplePort } from '@vrouter/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleBody } from '../../../testing/real-profiles.ts';
import { modernFormat } from '../files/format.modern.ts';
import { bytesOf } from '../json/unescape.ts';
import { readBody } from './read-body.ts';
import { modernReader } from './read-port.modern.ts';
import { readPortR3 } from './read-port.r3.ts';

const READERS = { 'r3.1': readPortR3, tf: modernReader({ hasLinkState: true }) };
const fields = Object.keys(samplePort());

test('whatever is put into the members of a port, it is read or refused, never worse', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.string(),
    fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    fc.constantFrom('None', '', ' ', '::', '0.0.0.0', samplePort(2).id, `${samplePort(2).id}x`),
  );
  const changes = fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 4 });
  fc.assert(
    fc.property(changes, fc.boolean(), (change, isArray) => {
      const body = bytesOf(isArray ? `[${sampleBody(1, change)}]` : sampleBody(1, change));
      for (const readPort of Object.values(READERS)) {
        const read = readBody(readPort, { body });
        if (!read.ok) expect(read.message).not.toBe('');
        for (const port of read.ok ? read.ports : []) {
          expect(port.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
          expect([0, 1, 2]).toContain(port.type);
          for (const vlan of [port['rx-vlan-id'], port['tx-vlan-id']])
            expect(vlan >= 0 && vlan <= 65535 && Number.isInteger(vlan)).toBe(true);
        }
      }
    }),
  );
});

test('what Tungsten Fabric writes it reads back as the same', () => {
  const format = modernFormat({ hasLinkState: true });
  const text = fc.string({ unit: 'grapheme' }).map((name) => name.replaceAll('\0', ''));
  fc.assert(
    fc.property(text, fc.constantFrom(0, 1), fc.integer({ min: 0, max: 65533 }), (name, linkState, vlan) => {
      const body = bytesOf(
        sampleBody(1, { 'display-name': name, 'link-state': linkState, 'tx-vlan-id': vlan }),
      );
      const read = readBody(READERS.tf, { body });
      const [port = samplePort(9)] = read.ok ? read.ports : [];
      const file = bytesOf(format.text(port, linkState === 1 ? 1 : 0, { author: 'a', timeMs: 0 }));
      expect(readBody(READERS.tf, { body: file })).toEqual({ ok: true, ports: [port] });
    }),
  );
});
