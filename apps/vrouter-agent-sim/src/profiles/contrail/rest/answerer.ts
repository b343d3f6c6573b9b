import type { Logger } from '@vrouter/service-kit';
import type { RequestRing } from '../../../admin/request-ring.ts';
import type { Answerer } from '../../../http/contrail/raw-connection.ts';
import type { RawRequest } from '../../../http/contrail/request-builder.ts';
import { UNKNOWN_REQUEST, type Answer } from './answers.ts';
import type { Backend, Route } from './route.ts';

const BODY_CHARS_MAX = 4096;

export interface AnswererOptions {
  readonly routes: readonly Route[];
  readonly backend: Backend;
  readonly requests: RequestRing;
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * Answers the requests of the connection with that number, and enters them into the admin API's list: on arrival, before
 * `throughFaults` can hold one up or answer it itself.
 */
export function answererFor(
  { routes, backend, requests, now, log }: AnswererOptions,
  connection: number,
  throughFaults: (answerer: Answerer) => Answerer = (inner) => inner,
): Answerer {
  return async (request) => {
    const { method, path, query, body } = request;
    const route = routes.find((one) => one.method === method && one.path.test(path));
    const record = requests.add({
      atMs: now(),
      connection,
      method,
      path,
      query,
      operation: route?.operation ?? null,
    });
    if (body !== '') record.body = Buffer.from(body, 'latin1').toString('utf8', 0, BODY_CHARS_MAX);
    const note = (portIds: readonly string[]): void => void (record.portIds = portIds);
    let unheard: number | undefined;
    const answer = await throughFaults(async (passed) => {
      const own = await answerTo(passed, note);
      if (own !== 'close') unheard = own.status;
      return own;
    })(request);
    const status = typeof answer === 'string' ? unheard : answer.status;
    if (status !== undefined) requests.answered(record, status);
    return answer;

    async function answerTo(
      { path, body }: RawRequest,
      note: (ids: readonly string[]) => void,
    ): Promise<Answer> {
      if (route === undefined) return UNKNOWN_REQUEST;
      const [, ...groups] = route.path.exec(path) ?? [];
      try {
        return await route.handle({ groups, body, note }, backend);
      } catch (error) {
        log.error({ err: error }, 'a request met a defect');
        return 'close';
      }
    }
  };
}
