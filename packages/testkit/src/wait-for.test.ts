import { expect, test } from 'vitest';
import { waitFor } from './wait-for.ts';

test('returns the first value that is something', async () => {
  const values = [undefined, false, null, 0] as const;
  let next = 0;
  expect(await waitFor(() => values[next++], { what: 'a value', everyMs: 1 })).toBe(0);
  expect(next).toBe(4);
});

test('assertions can be conditions', async () => {
  let count = 0;
  const check = async () => {
    expect(++count).toBe(3);
    return 'done';
  };
  expect(await waitFor(check, { what: 'the third time', everyMs: 1 })).toBe('done');
});

test('the error names what was waited for and the last error', async () => {
  const check = (): never => {
    throw new Error('still red');
  };
  await expect(waitFor(check, { what: 'green', timeoutMs: 5, everyMs: 1 })).rejects.toThrow(
    /Waited 5 ms for green; last: still red/,
  );
});

test('the error shows the last value', async () => {
  const wait = waitFor(() => false, { what: 'green', timeoutMs: 5, everyMs: 1 });
  await expect(wait).rejects.toMatchObject({
    code: 'WAIT_TIMED_OUT',
    message: expect.stringContaining('last: false'),
  });
});

test('a check that never answers does not outlive the time limit', async () => {
  const wait = waitFor(() => new Promise<string>(() => undefined), { what: 'an answer', timeoutMs: 5 });
  await expect(wait).rejects.toThrow('the check has not answered');
});
