import { expect, test } from 'vitest';
import { agentPort, deadAgent, idOf, pluginPort, runningAgent } from '../testing/snapshots.ts';
import type { AgentView, PluginPort, Retry, Snapshot } from '../view/snapshot.ts';
import {
  agentHas,
  agentIsDown,
  agentIsUp,
  bothSidesAgree,
  list,
  nothingToSweep,
  pluginIsDown,
  pluginOwes,
} from './expectations.ts';

function snapshot(
  agent: AgentView,
  ports: readonly PluginPort[] = [],
  retries: readonly Retry[] = [],
): Snapshot {
  return { agents: [agent], plugin: { ports, retries } };
}

const A = 'agent-1';
const running = runningAgent(A, [agentPort('web-1'), agentPort('db-1')]);
const dead = deadAgent(A, ['web-1', 'db-1']);

test('an agent has these ports only if it has no others, all are enabled, and each has its file', () => {
  const { differs, says } = agentHas(A, ['db-1', 'web-1']);
  expect(says).toBe('agent-1 has db-1 and web-1, enabled, each with its file');
  expect(differs(snapshot(running))).toBeUndefined();
  expect(differs(snapshot(dead))).toBe('agent-1 does not answer');
  expect(differs(snapshot(runningAgent(A, [agentPort('web-1')])))).toMatch(
    /has web-1 \(enabled\); files: web-1/,
  );
  const more = runningAgent(A, [agentPort('web-1'), agentPort('db-1'), agentPort('c', { linkState: 0 })]);
  expect(differs(snapshot(more))).toMatch(/c \(disabled\)/);
  const disabled = runningAgent(A, [agentPort('web-1'), agentPort('db-1', { linkState: 0 })]);
  expect(differs(snapshot(disabled))).toMatch(/db-1 \(disabled\)/);
  expect(differs(snapshot({ ...running, filedIds: [idOf('web-1')] }))).toMatch(/files: web-1$/);
  expect(differs(snapshot({ ...running, filedIds: [idOf('web-1'), 'stranger'] }))).toMatch(/stranger/);
});

test('an agent is down when it does not answer and its files are still there', () => {
  const { differs } = agentIsDown(A, 2);
  expect(differs(snapshot(dead))).toBeUndefined();
  expect(differs(snapshot(running))).toBe('agent-1 answers; 2 files on disk');
  expect(differs(snapshot(deadAgent(A, ['web-1'])))).toBe('agent-1 does not answer; 1 files on disk');
  expect(agentIsUp(A).differs(snapshot(dead))).toBe('agent-1 does not answer');
  expect(agentIsUp(A).differs(snapshot(running))).toBeUndefined();
});

test('the retry list is compared as a whole, in any order', () => {
  const ports = [pluginPort(A, 'web-1'), pluginPort(A, 'db-1')];
  const add = { agent: A, portId: idOf('web-1'), operation: 'add' };
  const sync = { agent: A, portId: null, operation: 'sync' };
  const { differs } = pluginOwes(['sync on agent-1', 'add web-1 on agent-1']);
  expect(differs(snapshot(dead, ports, [add, sync]))).toBeUndefined();
  expect(differs(snapshot(dead, ports, [add]))).toBe("the plugin's retry list has add web-1 on agent-1");
  expect(differs({ agents: [dead], plugin: undefined })).toBe('the plugin does not answer');
  expect(pluginOwes([]).differs(snapshot(dead, ports, []))).toBeUndefined();
  expect(pluginOwes([]).differs(snapshot(dead, ports, [add]))).toMatch(/add web-1/);
});

test('both sides agree when all is confirmed and nothing is there beyond it', () => {
  const { differs } = bothSidesAgree;
  const confirmed = [pluginPort(A, 'web-1'), pluginPort(A, 'db-1')];
  expect(differs(snapshot(running, confirmed))).toBeUndefined();
  expect(differs({ agents: [running], plugin: undefined })).toBe('the plugin does not answer');
  expect(differs(snapshot(running, [pluginPort(A, 'web-1', { state: 'pending' })]))).toMatch(
    /not confirmed: web-1/,
  );
  expect(differs(snapshot(running, [pluginPort(A, 'web-1', { desired: null })]))).toMatch(
    /not confirmed: web-1/,
  );
  expect(differs(snapshot(running, confirmed.slice(1)))).toMatch(
    /wanted: db-1 on agent-1; the agents have: web-1/,
  );
  expect(differs(snapshot(dead, confirmed))).toMatch(/the agents have: nothing/);
});

test('a sweep is over when every agent answers and none has one before it', () => {
  expect(nothingToSweep.differs(snapshot(running))).toBeUndefined();
  expect(nothingToSweep.differs(snapshot(runningAgent(A, [], { deadlines: [1] })))).toMatch(/agent-1/);
  expect(nothingToSweep.differs(snapshot(dead))).toMatch(/agent-1/);
});

test('the plugin is down when it does not answer', () => {
  expect(pluginIsDown.differs({ agents: [], plugin: undefined })).toBeUndefined();
  expect(pluginIsDown.differs(snapshot(running))).toBe('the plugin answers');
});

test('an agent that the lab does not have is a defect, not a difference', () => {
  expect(() => agentHas('agent-9', []).differs(snapshot(running))).toThrow('The lab has no agent-9');
});

test('lists read as sentences do', () => {
  expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual([
    'nothing',
    'a',
    'a and b',
    'a, b and c',
  ]);
});
