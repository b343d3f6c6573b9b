import { createLogger, systemClock } from '@vrouter/service-kit';
import { Config } from '../src/config.ts';
import { keepHeapSmall } from '../src/heap.ts';
import { PROFILES } from '../src/profiles/profiles.ts';
import { startAgent } from '../src/start.ts';
import { nodeFileSystem } from '../src/store/file-system.ts';
import { MemoryStore } from '../src/testing/memory-store.ts';
import { watchEventLoop } from './event-loop.ts';
import type { ServerAnswer, ServerQuestion } from './protocol.ts';

const BATCH_COMMANDS_MAX = 1024;

/** The agent as it is, in a process of its own, with any store, or with one that the product does not have: none. */
keepHeapSmall();
const [kind = 'journal', stateDir = ''] = process.argv.slice(2);
if (kind === 'memory')
  Object.assign(PROFILES.blueprint, { openStore: () => new MemoryStore(BATCH_COMMANDS_MAX) });
const config = Config.parse({
  stateDir,
  listen: '127.0.0.1:0',
  adminListen: '127.0.0.1:0',
  staleTimeout: 3600,
  ...(kind === 'file' && { durability: 'file' }),
});
const beganMs = performance.now();
const log = createLogger('bench', 'warn');
const agent = await startAgent(config, { clock: systemClock, files: nodeFileSystem, log });
const loadMs = performance.now() - beganMs;
const eventLoop = watchEventLoop();

process.on('message', (question: ServerQuestion) => {
  void answer(question).then((reply) => process.send?.(reply)); // when it rejects, the process ends and the bench with it
});
process.once('disconnect', () => process.exit()); // nobody is there to ask any more
const ready: ServerAnswer = { kind: 'ready', url: agent.url, loadMs };
process.send?.(ready);

async function answer(question: ServerQuestion): Promise<ServerAnswer> {
  switch (question) {
    case 'sweep': {
      await fetch(`${agent.url}/syncports`, { method: 'POST' });
      eventLoop.reset();
      await fetch(`${agent.adminUrl}/admin/sweep`, { method: 'POST' });
      return { kind: 'swept', blockedMs: eventLoop.longestMs() };
    }
    case 'stop':
      await agent.stop();
      setImmediate(() => process.disconnect());
      return { kind: 'stopped' };
  }
}
