import { AgentUnderTest, type Target } from '../agent/agent-under-test.ts';
import { Recorder } from '../agent/recorder.ts';
import type { Check } from '../check.ts';
import { CannotCheck, Mismatch } from '../errors.ts';
import { NEEDS, unmet, type Means } from '../needs.ts';
import type { Problem, Result } from './result.ts';

/** Runs one check, or says what it lacks. Never throws: whatever goes wrong is its result. */
export async function runCheck(check: Check, target: Target, means: Means): Promise<Result> {
  const { name, fact, title, needs = [] } = check;
  const row = { name, fact, title, profile: target.profile, problem: null, leftOut: null };
  const missing = unmet(needs, means);
  if (missing.length > 0) {
    const reason = `needs ${missing.map((need) => NEEDS[need]).join('; and ')}`;
    return { ...row, outcome: 'left out', durationMs: 0, leftOut: { needs: missing, reason }, steps: [] };
  }
  const recorder = new Recorder();
  const startMs = performance.now();
  const error = await errorOf(check, new AgentUnderTest(target, recorder));
  const ran = { ...row, durationMs: Math.round(performance.now() - startMs), steps: recorder.steps };
  if (error === undefined) return { ...ran, outcome: 'passed' };
  if (error instanceof CannotCheck) {
    return { ...ran, outcome: 'left out', leftOut: { needs: [], reason: error.message } };
  }
  return { ...ran, outcome: 'failed', problem: problemOf(error) };
}

/** What `check` threw, or else its cleaning up. */
async function errorOf(check: Check, agent: AgentUnderTest): Promise<unknown> {
  let error: unknown;
  try {
    await check.run(agent);
  } catch (thrown) {
    error = thrown;
  }
  try {
    await agent.cleanUp();
  } catch (thrown) {
    error ??= new Error(
      `the check passed, but its ports could not be deleted: ${(thrown as Error).message}`,
      {
        cause: thrown,
      },
    );
  }
  return error;
}

function problemOf(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Mismatch) return { message, expected: error.expected, got: error.got };
  return { message, expected: null, got: null };
}
