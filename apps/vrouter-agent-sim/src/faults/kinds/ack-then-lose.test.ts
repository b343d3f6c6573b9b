import { expect, test } from 'vitest';
import { A, B, OK, onBench } from '../../testing/fault-bench.ts';

test('what was acknowledged is as it was before: an add, a change, a delete', () =>
  onBench(async (bench) => {
    await bench.add(A);
    await bench.arm({ action: 'ack-then-lose' });
    expect(await bench.add(B)).toEqual(OK);
    expect(await bench.add({ ...A, 'tx-vlan-id': 7 })).toEqual(OK);
    expect(await bench.agent.call('DELETE', `/port/${A.id}`)).toEqual(OK);
    expect(await bench.agent.state()).toMatchObject({ ports: [{ id: A.id, port: { 'tx-vlan-id': 100 } }] });
    expect([...bench.agent.portFiles().keys()]).toEqual([A.id]);
  }));

test('a refusal stays one', () =>
  onBench(async (bench) => {
    await bench.arm({ action: 'ack-then-lose' });
    expect(await bench.add({ id: 'x' })).toMatchObject({ status: 400 });
  }));
