import { expect, test } from 'vitest';
import { A, B, OK, onBench } from '../../testing/fault-bench.ts';

for (const durability of ['file', 'journal']) {
  for (const [action, text] of [
    ['disk-error', 'EIO: i/o error'],
    [{ kind: 'disk-error', code: 'EROFS' }, 'EROFS: read-only file system'],
  ] as const) {
    test(`${JSON.stringify(action)} (${durability}): 500, nothing changed, and all is well once it is gone`, () =>
      onBench(
        async (bench) => {
          await bench.add(A);
          await bench.arm({ action });
          const answer = await bench.add(B);
          expect(answer).toMatchObject({ status: 500, body: { error: expect.stringContaining(text) } });
          expect(await bench.ids()).toEqual([A.id]);
          await bench.disarm();
          expect(await bench.add(B)).toEqual(OK);
          expect([...bench.agent.portFiles().keys()].toSorted()).toEqual([A.id, B.id].toSorted());
        },
        { durability },
      ));
  }
}

test('a rule can be for one call only, and for the files of one port', () =>
  onBench(
    async (bench) => {
      await bench.arm({ match: { call: 'rename', portId: B.id.toUpperCase() }, action: 'disk-error' });
      expect(await bench.add(A)).toEqual(OK);
      expect(await bench.add(B)).toMatchObject({
        status: 500,
        body: { error: expect.stringContaining('rename') },
      });
      expect(await bench.report()).toMatchObject([{ seen: 1, fired: 1 }]);
    },
    { durability: 'file' },
  ));
