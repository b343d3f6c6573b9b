import type { AgentClient } from '@vrouter/agent-client';
import type { ConfigApiClient } from '@vrouter/config-api-client';
import type { Failpoints } from './failpoints.ts';

/** `client` with failpoints around every request that changes the agent. */
export function agentWithFailpoints(client: AgentClient, { around }: Failpoints): AgentClient {
  return {
    ...client,
    add: (port, signal) => around('agent add', () => client.add(port, signal)),
    addAll: (ports, signal) => around('agent add', () => client.addAll(ports, signal)),
    delete: (id, signal) => around('agent delete', () => client.delete(id, signal)),
    enable: (id, signal) => around('agent enable', () => client.enable(id, signal)),
    disable: (id, signal) => around('agent disable', () => client.disable(id, signal)),
    sync: (signal) => around('agent sync', () => client.sync(signal)),
  };
}

/** `api` with failpoints around every request. */
export function configApiWithFailpoints(api: ConfigApiClient, { around }: Failpoints): ConfigApiClient {
  return {
    ...api,
    resolve: (type, name, signal) => around(`resolve ${type}`, () => api.resolve(type, name, signal)),
    read: (type, uuid, options) => around(`read ${type}`, () => api.read(type, uuid, options)),
    list: (type, query, signal) => around(`list ${type}`, () => api.list(type, query, signal)),
    create: (type, object, signal) => around(`create ${type}`, () => api.create(type, object, signal)),
    update: (type, uuid, changes, signal) =>
      around(`update ${type}`, () => api.update(type, uuid, changes, signal)),
    delete: (type, uuid, signal) => around(`delete ${type}`, () => api.delete(type, uuid, signal)),
    updateReference: (change, signal) =>
      around(`update-reference ${change.type}`, () => api.updateReference(change, signal)),
  };
}
