import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, workspaceFile } from '@vrouter/testkit';

const READY_MS_MAX = 120_000;

export interface AgentProcess {
  readonly url: string;
  /** From the start of the process until its ready file stood there. */
  readonly readyMs: number;
  /** What the operating system says it takes. */
  rssBytes(): number;
  stop(): Promise<void>;
}

/** Starts the program that users start. */
export async function startAgentProcess(stateDir: string): Promise<AgentProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-ready-'));
  const readyFile = join(folder, 'ready.json');
  const freePort = '127.0.0.1:0';
  const flags = {
    'state-dir': stateDir,
    listen: freePort,
    'admin-listen': freePort,
    'introspect-listen': 'none',
    'ready-file': readyFile,
  };
  const beganMs = performance.now();
  const agent = await startProcess({
    name: 'agent',
    file: workspaceFile('apps/vrouter-agent-sim/src/main.ts'),
    args: Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    readyFile,
    readyTimeoutMs: READY_MS_MAX,
  });
  const readyMs = performance.now() - beganMs;
  return {
    url: agent.ready.url,
    readyMs,
    rssBytes: () => 1024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(agent.pid)])),
    stop: async () => {
      await agent.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
