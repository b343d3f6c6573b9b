import { expect, test } from 'vitest';
import { onBothServers } from '../../testing/fault-bench.ts';

test('this answer comes, and nothing is carried out', () =>
  onBothServers(async (bench) => {
    await bench.arm(
      { match: { operation: 'add' }, action: { kind: 'status', status: 503, body: { error: 'busy' } } },
      { match: { operation: 'sync' }, action: { kind: 'status', status: 201, body: '{ }' } },
    );
    expect(await bench.add()).toEqual({ status: 503, body: { error: 'busy' } });
    expect(await bench.agent.call('POST', '/syncports')).toEqual({ status: 201, body: {} });
    expect(await bench.agent.state()).toMatchObject({ generation: 0, ports: [] });
  }));
