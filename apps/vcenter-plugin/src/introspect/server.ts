import fastify, { type FastifyInstance } from 'fastify';
import type { ConfigApiReport } from '../modes/mode.ts';
import type { Pipeline } from '../pipeline.ts';
import type { AgentWorker } from '../sync/agent-worker.ts';
import type { Fleet } from '../sync/fleet.ts';
import { readiness } from './readiness.ts';

const REQUEST_MS_MAX = 10_000;
const BODY_BYTES_MAX = 64 * 1024;

/** What is going on, over HTTP; nothing here changes anything but `resync` and `release-brake`. */
export function introspectServer(
  pipeline: Pipeline,
  fleet: Fleet,
  configApi: () => ConfigApiReport | null = () => null,
): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_MS_MAX,
    forceCloseConnections: true,
  });
  // A resync has no body: whatever comes with it is not worth an error.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined));

  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const state = readiness(pipeline.report(), fleet, configApi());
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/introspect/inventory', () => pipeline.report());
  app.get('/introspect/config-api', () => ({ configApi: configApi() }));
  app.get('/introspect/agents', () => ({
    agents: fleet.members.map(({ name, url, host, worker }) => ({ name, url, host, ...worker.report() })),
  }));
  app.get('/introspect/retries', () => ({
    retries: fleet.members.flatMap(({ name, worker }) =>
      worker.retries().map((retry) => ({ agent: name, ...retry })),
    ),
  }));
  app.get('/introspect/ports', () => ({
    ports: fleet.members.flatMap(({ name, worker }) =>
      worker.ports().map((port) => ({ agent: name, ...port })),
    ),
  }));
  const onAgent = (action: string, act: (worker: AgentWorker) => object): void => {
    app.post<{ Params: { name: string } }>(`/introspect/agents/:name/${action}`, async (request, reply) => {
      const member = fleet.member(request.params.name);
      if (member !== undefined) return reply.code(202).send(act(member.worker));
      const names = fleet.members.map(({ name }) => name).join(', ');
      return reply.code(404).send({ error: `there is no agent ${request.params.name}; known: ${names}` });
    });
  };
  onAgent('resync', (worker) => {
    worker.resync();
    return {};
  });
  onAgent('release-brake', (worker) => ({ released: worker.releaseBrake() }));
  return app;
}
