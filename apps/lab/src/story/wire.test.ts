import { expect, test } from 'vitest';
import { agentPort, deadAgent, request, runningAgent } from '../testing/snapshots.ts';
import type { AgentRequest, Snapshot } from '../view/snapshot.ts';
import { bookmarkAll, nobodyAskedToDelete, syncedThenAdded, type Bookmark } from './wire.ts';

const A = 'agent-1';
const SINCE: Bookmark = new Map([[A, 10]]);

function after(...requests: readonly AgentRequest[]): Snapshot {
  const ports = [agentPort('web-1'), agentPort('web-2')];
  return {
    agents: [runningAgent(A, ports, { requests: [request(9, 'delete', ['web-1']), ...requests] })],
    plugin: undefined,
  };
}

test('the sync comes first, then every add, each answered with 200', () => {
  const { differs } = syncedThenAdded(A, ['web-1', 'web-2'], SINCE);
  const [sync, add1, add2] = [
    request(11, 'sync'),
    request(12, 'add', ['web-1']),
    request(13, 'add', ['web-2']),
  ];
  expect(differs(after(sync, add1, add2))).toBeUndefined();
  expect(differs(after(sync, request(12, 'add', ['web-1', 'web-2'])))).toBeUndefined();
  expect(differs(after())).toBe('agent-1 was sent nothing');
  expect(differs(after(add1, request(12, 'sync'), add2))).toMatch(/add web-1 \(200\), sync/);
  expect(differs(after(sync, add1))).toBe('agent-1 was sent sync (200) and add web-1 (200)');
  expect(differs(after(request(11, 'sync', [], 500), add1, add2))).toMatch(/sync \(500\)/);
  expect(differs(after(sync, add1, request(13, 'add', ['web-2'], 500)))).toMatch(/add web-2 \(500\)/);
});

test('what came before the bookmark does not count', () => {
  expect(nobodyAskedToDelete(SINCE).differs(after(request(11, 'sync')))).toBeUndefined();
  expect(nobodyAskedToDelete(SINCE).differs(after(request(11, 'delete', ['web-1'])))).toBe(
    'agent-1 received DELETE',
  );
});

test('a bookmark stands at the end of each journal, or at the beginning for an agent that is down', () => {
  const bookmark: Bookmark = new Map();
  const agents = [
    runningAgent('agent-1', [], { requests: [request(1, 'sync'), request(2, 'add', ['a'])] }),
    runningAgent('agent-2', []),
    deadAgent('agent-3', []),
  ];
  bookmarkAll(bookmark, { agents, plugin: undefined });
  expect([...bookmark]).toEqual([
    ['agent-1', 2],
    ['agent-2', 0],
    ['agent-3', 0],
  ]);
});
