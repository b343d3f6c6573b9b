import fastify, { type FastifyInstance } from 'fastify';
import type { ConfigApiReport } from '../modes/mode.ts';
import type { Pipeline } from '../pipeline.ts';
import type { Fleet } from '../sync/fleet.ts';
import type { Member } from '../sync/member.ts';
import { pluginMetrics } from './metrics.ts';
import { readiness } from './readiness.ts';

const REQUEST_MS_MAX = 10_000;
const BODY_BYTES_MAX = 64 * 1024;

/** What is going on, over HTTP; nothing here changes anything but `resync`, `release-brake` and `forget`. */
export function introspectServer(
  pipeline: Pipeline,
  fleet: Fleet,
  configApi: () => ConfigApiReport | null = () => null,
  releaseBrake: () => number = () => 0,
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

  const ready = () => readiness(pipeline.report(), fleet, configApi());
  const metrics = pluginMetrics({
    inventory: () => pipeline.report(),
    agents: () => fleet.members.map((member) => ({ name: member.name, report: member.report() })),
    configApi,
    readiness: ready,
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.metrics()),
  );
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const state = ready();
    return reply.code(state.ready ? 200 : 503).send(state);
  });
  app.get('/introspect/inventory', () => pipeline.report());
  app.get('/introspect/config-api', () => ({ configApi: configApi() }));
  app.get('/introspect/agents', () => ({
    agents: fleet.members.map((member) => {
      const { name, url, host } = member;
      return { name, url, host, ...member.report() };
    }),
  }));
  app.get('/introspect/retries', () => ({
    retries: fleet.members.flatMap((member) =>
      member.retries().map((retry) => ({ agent: member.name, ...retry })),
    ),
  }));
  app.get('/introspect/ports', () => ({
    ports: fleet.members.flatMap((member) => member.ports().map((port) => ({ agent: member.name, ...port }))),
  }));
  const onAgent = (action: string, act: (member: Member) => object | string): void => {
    app.post<{ Params: { name: string } }>(`/introspect/agents/:name/${action}`, async (request, reply) => {
      const member = fleet.member(request.params.name);
      if (member === undefined) {
        const names = fleet.members.map(({ name }) => name).join(', ');
        return reply.code(404).send({ error: `there is no agent ${request.params.name}; known: ${names}` });
      }
      const done = act(member);
      return typeof done === 'string'
        ? reply.code(409).send({ error: `agent ${member.name} ${done}` })
        : reply.code(202).send(done);
    });
  };
  app.post('/introspect/config-api/release-brake', async (_request, reply) =>
    reply.code(202).send({ released: releaseBrake() }),
  );
  onAgent('resync', ({ worker }) => {
    if (worker === undefined) return 'is not there; a sync comes first when it is';
    worker.resync();
    return {};
  });
  onAgent('release-brake', ({ worker }) => ({ released: worker?.releaseBrake() ?? 0 }));
  onAgent('forget', (member) => {
    const ports = member.ports().length;
    return fleet.forget(member.name) ? { forgotten: ports } : 'is not gone';
  });
  return app;
}
