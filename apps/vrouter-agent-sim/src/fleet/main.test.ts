import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplePort, startProcess, temporaryFolder, workspaceFile } from '@vrouter/testkit';
import { expect, test } from 'vitest';

test('the ready file of many agents tells where each is; all start with the faults of the file', async () => {
  const folder = temporaryFolder();
  const inFolder = (name: string): string => join(folder.path, name);
  writeFileSync(inFolder('faults.json'), '{"rules":[{"action":{"kind":"status","status":503},"count":1}]}');
  const flags = {
    'admin-listen': '127.0.0.1:0',
    'listen-template': '127.0.0.{i+1}:0',
    'state-dir': inFolder('state'),
    'ready-file': inFolder('ready.json'),
    faults: inFolder('faults.json'),
    agents: '3',
    seed: '7',
  };
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
  const file = workspaceFile('apps/vrouter-agent-sim/src/main.ts');
  const running = await startProcess({ name: 'agents', file, args, readyFile: flags['ready-file'] });
  try {
    const { agents } = running.ready;
    expect(agents.map(({ url }) => new URL(url).hostname)).toEqual(['127.0.0.1', '127.0.0.2', '127.0.0.3']);
    for (const { url, adminUrl } of agents) {
      const add = () => fetch(`${url}/port`, { method: 'POST', body: JSON.stringify(samplePort(1)) });
      expect([(await add()).status, (await add()).status]).toEqual([503, 200]);
      const faults = await (await fetch(`${adminUrl}/admin/faults`)).json();
      expect(faults).toMatchObject({ rules: [{ seen: 2, fired: 1 }] });
    }
    expect(running.stderr()).toContain('"seed":7');
    expect(await running.stop()).toEqual({ code: 0, signal: null });
  } finally {
    await running.kill();
    folder.remove();
  }
});
