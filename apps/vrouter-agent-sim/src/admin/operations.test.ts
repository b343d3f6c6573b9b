import { createLogger, systemClock } from '@vrouter/service-kit';
import { temporaryFolder } from '@vrouter/testkit';
import { expect, test } from 'vitest';
import { Config } from '../config.ts';
import { metricsRoute } from '../metrics/metrics-route.ts';
import { Metrics } from '../metrics/metrics.ts';
import { openAgent } from '../open-agent.ts';
import { nodeFileSystem } from '../store/file-system.ts';
import { createAdminApp } from './admin-app.ts';
import { ADMIN_OPERATIONS } from './operations.ts';

/** `GET /admin/state` and so on; each line of the tree holds what comes after the line that it hangs on. */
function operationsIn(tree: string): string[] {
  const path: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
    path.splice(indent.length / 4, Infinity, part);
    return methods === undefined ? [] : methods.split(', ').map((method) => `${method} ${path.join('')}`);
  });
}

test('the reference tells of every route that operators have, and of no other', async () => {
  const folder = temporaryFolder();
  const log = createLogger('test', 'silent');
  const config = Config.parse({ stateDir: folder.path });
  const metrics = new Metrics();
  const agent = await openAgent(config, { clock: systemClock, files: nodeFileSystem, log }, metrics);
  try {
    const { routes } = createAdminApp([agent], config, { log, notReadyReasons: () => [] });
    metricsRoute(routes, metrics.registry);
    await routes.ready();
    const operations = operationsIn(routes.printRoutes({ commonPrefix: false }));
    const [perAgent, others] = [
      operations.filter((one) => one.includes('/agents/agent-1')),
      operations.filter((one) => !one.includes('/agents/agent-1')),
    ];
    expect(others.toSorted()).toEqual(Object.keys(ADMIN_OPERATIONS).toSorted());
    expect(perAgent.map((one) => one.replace('/agents/agent-1', '')).toSorted()).toEqual(
      others.filter((one) => one.includes('/admin/')).toSorted(),
    );
  } finally {
    await agent.close();
    folder.remove();
  }
});
