import { expect, test } from 'vitest';
import { A, B, OK, onBench } from '../../testing/fault-bench.ts';

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
