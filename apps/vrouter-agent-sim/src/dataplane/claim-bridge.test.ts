import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimBridge } from './claim-bridge.ts';

test('a bridge has one agent at a time; bridges of other names and other switches are other bridges', async () => {
  const runDir = `/nowhere/${randomUUID()}`;
  const release = await claimBridge(runDir, 'vr-agent-1');
  await expect(claimBridge(runDir, 'vr-agent-1')).rejects.toThrow(
    /Another agent .* the bridge "vr-agent-1": give this one another --name or --bridge-prefix/,
  );
  const others = [await claimBridge(runDir, 'vr-agent-2'), await claimBridge(`${runDir}/2`, 'vr-agent-1')];
  release();
  (await claimBridge(runDir, 'vr-agent-1'))();
  for (const one of others) one();
});
