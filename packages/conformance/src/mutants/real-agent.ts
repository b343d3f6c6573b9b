import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAdd, portsIn, type ErrorJson, type Mutation, type SeenAnswer } from './mutation.ts';

/** An answer as the real agent sends it, but for `error`. */
export function realError(error: string, status = 500): SeenAnswer {
  return {
    version: 'HTTP/1.1',
    status,
    reason: 'OK',
    headerLines: ['Content-Type: application/json; charset=UTF-8'],
    body: JSON.stringify({ error }),
  };
}

/** Changes the text of each error. */
export function errorText(change: (error: string) => string): Mutation {
  return {
    answer: (answer) =>
      answer.status < 400
        ? undefined
        : {
            ...answer,
            body: JSON.stringify({ error: change((JSON.parse(answer.body) as ErrorJson).error) }),
          },
  };
}

/** Changes the body of each GET that found something. */
export function foundText(change: (text: string) => string): Mutation {
  return {
    answer: (answer, { method }) =>
      method === 'GET' && answer.status === 200 ? { ...answer, body: change(answer.body) } : undefined,
  };
}

/** Changes the file of each port once it was added. */
export function fileText(change: (text: string) => string): Mutation {
  return {
    answer: (answer, request, { portsDir }) => {
      if (!isAdd(request) || answer.status !== 200) return undefined;
      for (const { id } of portsIn(request)) {
        const path = join(portsDir, id);
        writeFileSync(path, change(readFileSync(path, 'utf8')));
      }
      return undefined;
    },
  };
}
