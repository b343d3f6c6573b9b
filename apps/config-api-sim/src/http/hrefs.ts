import type { FastifyRequest } from 'fastify';

/** Makes addresses of objects, as the client calls this server. */
export function hrefOf(request: FastifyRequest): (type: string, uuid: string) => string {
  const origin = `http://${request.host}`;
  return (type, uuid) => `${origin}/${type}/${uuid}`;
}
