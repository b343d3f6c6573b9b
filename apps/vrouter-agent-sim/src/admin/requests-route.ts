import type { FastifyInstance } from 'fastify';
import { AdminRefusal, refusable } from './body.ts';
import type { RequestRing } from './request-ring.ts';

const NDJSON = 'application/x-ndjson';

/**
 * `GET /admin/requests`: all that are remembered, or those after `?since=SEQ`; then a gap is an error. A line each with
 * `?format=ndjson` or by the Accept header.
 */
export function requestsRoute(app: FastifyInstance, ring: RequestRing): void {
  app.get(
    '/admin/requests',
    refusable((request, reply) => {
      const query = new URLSearchParams((request.raw.url ?? '').split('?')[1]);
      const { dropped, requests } = since(ring, query.get('since'));
      const isLines = query.get('format') === 'ndjson' || request.headers.accept === NDJSON;
      if (!isLines) return { dropped, requests };
      const lines = requests.map((one) => `${JSON.stringify(one)}\n`);
      return reply.header('x-requests-dropped', dropped).type(NDJSON).send(lines.join(''));
    }),
  );
}

function since(ring: RequestRing, text: string | null): ReturnType<RequestRing['read']> {
  const { dropped, requests } = ring.read();
  if (text === null) return { dropped, requests };
  const seq = /^\d+$/.test(text) ? Number(text) : Infinity;
  if (seq > ring.count) {
    throw new AdminRefusal('BAD_SINCE', `expected 0 to ${ring.count}, got ${JSON.stringify(text)}`);
  }
  if (seq < dropped) {
    throw new AdminRefusal(
      'REQUESTS_DROPPED',
      `${seq + 1} to ${dropped} are gone; since=${dropped} is the first that works`,
    );
  }
  return { dropped, requests: requests.slice(seq - dropped) };
}
