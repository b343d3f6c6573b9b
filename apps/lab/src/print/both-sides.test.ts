import { expect, test } from 'vitest';
import { agentPort, deadAgent, pluginPort, runningAgent } from '../testing/snapshots.ts';
import type { Snapshot } from '../view/snapshot.ts';
import { bothSides } from './both-sides.ts';

function cells(lines: readonly string[]): string[][] {
  return lines.slice(1).map((line) => line.trim().split(/ {2,}/));
}

test('each port once, with what either side has of it', () => {
  const snapshot: Snapshot = {
    agents: [
      runningAgent('agent-1', [agentPort('web-1'), agentPort('ghost', { seen: false, linkState: 0 })]),
      runningAgent('agent-2', []),
    ],
    plugin: {
      ports: [
        pluginPort('agent-1', 'web-1'),
        pluginPort('agent-1', 'db-1', { state: 'pending', operation: 'add', held: null }),
      ],
      retries: [],
    },
  };
  expect(cells(bothSides(snapshot))).toEqual([
    ['agent-1', 'db-1', 'address of db-1', 'add pending', '-'],
    ['agent-1', 'ghost', 'address of ghost', '-', 'disabled, NOT seen'],
    ['agent-1', 'web-1', 'address of web-1', 'confirmed', 'enabled'],
    ['agent-2', '-', '-', '-', '-'],
  ]);
});

test('who is down says so; ports on its disk are still named', () => {
  const agents = [deadAgent('agent-1', ['web-1'])];
  const ports = [
    pluginPort('agent-1', 'web-1', { desired: null, state: 'pending', operation: 'delete' }),
    pluginPort('agent-1', 'web-3', { held: null, state: 'pending', operation: 'add' }),
  ];
  expect(cells(bothSides({ agents, plugin: { ports, retries: [] } }))).toEqual([
    ['agent-1', 'web-1', 'address of web-1', 'delete pending', 'down, port on disk'],
    ['agent-1', 'web-3', 'address of web-3', 'add pending', 'down'],
  ]);
  expect(cells(bothSides({ agents, plugin: undefined }))).toEqual([
    ['agent-1', 'id of web-1', '-', 'down', 'down, port on disk'],
  ]);
});

test('what has changed since the last look is marked, and nothing else', () => {
  const plugin = { ports: [], retries: [] };
  const before: Snapshot = { plugin, agents: [runningAgent('agent-1', [agentPort('a'), agentPort('b')])] };
  const after: Snapshot = {
    plugin,
    agents: [runningAgent('agent-1', [agentPort('a'), agentPort('b', { linkState: 0 }), agentPort('c')])],
  };
  const marks = (lines: readonly string[]): string[] => lines.map((line) => line.slice(0, 1));
  expect(marks(bothSides(after))).toEqual([' ', ' ', ' ', ' ']);
  expect(marks(bothSides(after, { before }))).toEqual([' ', ' ', '>', '>']);
});
