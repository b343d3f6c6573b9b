import { waitFor } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { supervise, type Supervised } from './supervise.ts';

type Exit = Awaited<ReturnType<Supervised['exited']>>;

/** A program whose life is in the test's hand. */
class FakeProgram implements Supervised {
  readonly name = 'agent-1';
  pid = 100;
  starts = 0;
  /** How many starts are to fail. */
  failures = 0;
  #life = Promise.withResolvers<Exit>();

  start(): Promise<void> {
    this.starts += 1;
    if (this.starts <= this.failures) return Promise.reject(new Error('its port is taken'));
    this.pid += 1;
    this.#life = Promise.withResolvers();
    return Promise.resolve();
  }

  exited(): Promise<Exit> {
    return this.#life.promise;
  }

  end(exit: Exit): void {
    this.#life.resolve(exit);
  }
}

function supervised(program: FakeProgram): { said: string[]; stop: AbortController; ended: Promise<void> } {
  const said: string[] = [];
  const stop = new AbortController();
  const say = (line: string): unknown => said.push(line);
  return { said, stop, ended: supervise(program, { say, signal: stop.signal, pauseMs: 1 }) };
}

test('a program that ends is started again, each time', async () => {
  const program = new FakeProgram();
  const { said, stop, ended } = supervised(program);
  program.end({ code: null, signal: 'SIGKILL' });
  await waitFor(() => said.includes('agent-1 is back: pid 101.'), { what: 'the first return' });
  program.end({ code: 1, signal: null });
  await waitFor(() => said.includes('agent-1 is back: pid 102.'), { what: 'the second return' });
  stop.abort();
  await ended;
  expect(said.filter((line) => line.includes('ended'))).toEqual([
    'agent-1 (pid 100) ended: SIGKILL. It starts again in 0.001 s.',
    'agent-1 (pid 101) ended: exit code 1. It starts again in 0.001 s.',
  ]);
});

test('a program that does not start is tried again, and the reason told', async () => {
  const program = new FakeProgram();
  program.failures = 2;
  const { said, stop, ended } = supervised(program);
  program.end({ code: null, signal: 'SIGKILL' });
  await waitFor(() => said.includes('agent-1 is back: pid 101.'), { what: 'the return' });
  stop.abort();
  await ended;
  expect(program.starts).toBe(3);
  expect(said.filter((line) => line.includes('its port is taken'))).toHaveLength(2);
});

test('after the stop nothing is started, and nothing is said of programs that end', async () => {
  const program = new FakeProgram();
  const { said, stop, ended } = supervised(program);
  stop.abort();
  program.end({ code: 0, signal: null });
  await ended;
  expect(program.starts).toBe(0);
  expect(said).toEqual([]);
});

test('a stop during the pause ends the supervision at once', async () => {
  const program = new FakeProgram();
  const stop = new AbortController();
  const said: string[] = [];
  const options = { say: (line: string) => said.push(line), signal: stop.signal, pauseMs: 3_600_000 };
  const ended = supervise(program, options);
  program.end({ code: 0, signal: null });
  await waitFor(() => said.length === 1, { what: 'word of the end' });
  stop.abort();
  await ended;
  expect(program.starts).toBe(0);
});
