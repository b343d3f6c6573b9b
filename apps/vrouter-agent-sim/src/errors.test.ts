import { REST_ERRORS } from '@vrouter/port-model';
import { expect, test } from 'vitest';
import { errorAnswer, TRANSPORT_ERRORS } from './errors.ts';

test('no error of the transport hides one of the port API, and each says what to do', () => {
  for (const [code, { status, text, advice }] of Object.entries(TRANSPORT_ERRORS)) {
    expect(REST_ERRORS).not.toHaveProperty(code);
    expect(status).toBeGreaterThanOrEqual(400);
    expect([text.endsWith('.'), advice.endsWith('.')]).toEqual([false, true]);
  }
});

test('answers carry status, text, detail and problems', () => {
  expect(errorAnswer('NOT_SAVED', 'ENOSPC')).toEqual({
    status: 500,
    body: { error: 'The change could not be saved: ENOSPC' },
  });
  expect(errorAnswer('DEFECT')).toEqual({ status: 500, body: { error: 'The agent has a defect' } });
});
