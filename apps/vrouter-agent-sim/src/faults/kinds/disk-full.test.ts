import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { A, B, OK, onBench, type FaultBench } from '../../testing/fault-bench.ts';

for (const durability of ['file', 'journal']) {
  test(`disk-full (${durability}): 500, nothing changed, and all is well once there is space`, () =>
    onBench(
      async (bench) => {
        await bench.add(A);
        await bench.arm({ action: 'disk-full' });
        expect(await bench.add(B)).toMatchObject({
          status: 500,
          body: { error: expect.stringContaining('ENOSPC: no space left on device') },
        });
        expect(await bench.add({ ...A, 'tx-vlan-id': 7 })).toMatchObject({ status: 500 });
        expect(await bench.agent.state()).toMatchObject({
          ports: [{ id: A.id, port: { 'tx-vlan-id': 100 } }],
        });
        await bench.disarm();
        expect(await bench.add(B)).toEqual(OK);
        expect([...bench.agent.portFiles().keys()].toSorted()).toEqual([A.id, B.id].toSorted());
      },
      { durability },
    ));
}

function textsOfFiles({ agent }: FaultBench): string[] {
  const entries = readdirSync(agent.portsDir, { withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isFile() ? [readFileSync(join(agent.portsDir, entry.name), 'utf8')] : [],
  );
}

// What CEM-21113 is about: only TF looks at what became of a write.
for (const [profile, hasPort] of [
  ['r3.1', true],
  ['r4.1', true],
  ['tf', false],
] as const) {
  test(`disk-full (${profile}): 200, and ${hasPort ? 'the port with half a file' : 'neither port nor file'}`, () =>
    onBench(
      async (bench) => {
        await bench.arm({ action: 'disk-full' });
        expect(await bench.add(A)).toMatchObject({ status: 200 });
        expect(await bench.ids()).toEqual(hasPort ? [A.id] : []);
        const texts = textsOfFiles(bench);
        expect(texts).toHaveLength(hasPort ? 1 : 0);
        for (const text of texts) expect(() => JSON.parse(text)).toThrow(SyntaxError);
      },
      { profile },
    ));
}

test('disk-full (tf): an enable leaves half a file where a whole one was', () =>
  onBench(
    async (bench) => {
      await bench.add(A);
      await bench.arm({ action: 'disk-full' });
      await bench.agent.call('PUT', `/enable-port/${A.id}`);
      const [text = '{}'] = textsOfFiles(bench);
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
    },
    { profile: 'tf' },
  ));
