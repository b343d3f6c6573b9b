import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentTrouble } from '../plan/plan.ts';
import {
  agentRules,
  CLOCK_ADVANCES_MS,
  CRASH_POINTS,
  isLie,
  WALL_CLOCK_JUMPS_SECONDS,
} from '../plan/troubles.ts';
import type { Post } from '../stage/post.ts';
import type { Stage } from '../stage/stage.ts';
import { chosen } from './chosen.ts';

/** Plays one trouble of an agent from beginning to end; all is well with it again when it returns. */
export async function playAgentTrouble(stage: Stage, post: Post, trouble: AgentTrouble): Promise<void> {
  const { history, supervised } = stage;
  const { agent } = post;
  const { kind, forMs, number } = trouble;
  switch (kind) {
    case 'kill':
    case 'stop':
      await supervised.endAgent(post, kind === 'stop' ? 'stop' : 'crash');
      await sleep(forMs);
      return supervised.startAgent(post);
    case 'kill-in-request':
      return killInRequest(stage, post, trouble);
    case 'pause':
      return pause(post, forMs);
    case 'disk-full':
    case 'disk-full-kill':
      return fullDisk(stage, post, trouble);
    case 'faults':
      return misbehave(stage, post, trouble);
    case 'clock-forward': {
      const advanceMs = chosen(CLOCK_ADVANCES_MS, number);
      history.add({ kind: 'clock', agent: agent.name, advanceMs });
      return agent.admin('POST', 'clock', { advanceMs });
    }
    case 'clock-freeze':
      await agent.admin('POST', 'clock', { freeze: true });
      await sleep(forMs);
      return agent.admin('POST', 'clock', { freeze: false });
    case 'wall-clock':
      return stage.wallClocks.set(agent.name, chosen(WALL_CLOCK_JUMPS_SECONDS, number));
    case 'cut-off':
      await post.shut();
      await sleep(forMs);
      return post.proxy.open();
    case 'answers-lost':
      post.fate = number % 2 === 0 ? 'lose' : 'cut';
      await sleep(forMs);
      post.fate = 'pass';
  }
}

async function pause(post: Post, forMs: number): Promise<void> {
  const { pid } = post.agent;
  if (pid === undefined) throw new Error(`${post.agent.name} is not running`);
  post.isAway = true;
  process.kill(pid, 'SIGSTOP');
  await sleep(forMs);
  process.kill(pid, 'SIGCONT');
  post.isAway = false;
}

/** It ends itself at some point of the next request that changes something; without one, it is spared. */
async function killInRequest(
  { supervised }: Stage,
  post: Post,
  { forMs, number }: AgentTrouble,
): Promise<void> {
  const { agent } = post;
  const match = { operation: ['add', 'delete', 'sync', 'enable', 'disable'] };
  supervised.mayEnd.add(agent.name);
  const action = { kind: 'crash', at: chosen(CRASH_POINTS, number) };
  await agent.admin('PUT', 'faults', { rules: [{ match, action }] });
  await Promise.race([agent.exited, sleep(forMs)]);
  await supervised.endAgent(post, 'crash');
  supervised.mayEnd.delete(agent.name);
  return supervised.startAgent(post);
}

async function fullDisk(stage: Stage, post: Post, { kind, forMs }: AgentTrouble): Promise<void> {
  const disk = stage.diskOf(post.agent.name);
  disk.fill();
  await sleep(forMs);
  if (kind === 'disk-full-kill') await stage.supervised.endAgent(post, 'crash');
  disk.free();
  if (kind === 'disk-full-kill') await stage.supervised.startAgent(post);
}

async function misbehave(
  { history, profile }: Stage,
  post: Post,
  { forMs, number }: AgentTrouble,
): Promise<void> {
  const { name } = post.agent;
  const rules = chosen(agentRules(profile), number);
  history.note(`${name}: ${JSON.stringify(rules)}`);
  if (isLie(rules)) {
    post.hasLied = true;
    history.add({ kind: 'lying', agent: name, isLying: true });
  }
  await post.agent.admin('PUT', 'faults', { seed: number, rules });
  await sleep(forMs);
  await post.agent.admin('DELETE', 'faults');
  if (isLie(rules)) history.add({ kind: 'lying', agent: name, isLying: false });
}
