import { ConfigDelivery } from '../config/config-delivery.ts';
import { readBody } from '../ports/read-body.ts';
import type { Release } from '../release.ts';
import type { Backend, Route } from '../rest/route.ts';
import { PORT, VM, VM_NAME, VMI } from './samples.ts';

/** Some time in 2018, so that the document is the same each time. */
const AT_MS = 1_528_977_882_065;

/** What `route`, a GET, answers of the sample port; its own words, so that the document cannot tell others. */
export async function exampleAnswer(route: Route, path: string, release: Release): Promise<unknown> {
  const [, ...groups] = route.path.exec(path) ?? [];
  const call = { groups, body: '', note: () => undefined };
  const answer = await route.handle(call, backendWithSample(release));
  if (answer === 'close' || answer.status !== 200) throw new Error(`no example for ${path}`);
  return JSON.parse(answer.body) as unknown;
}

/** A path that `route` takes: with the name of the VM, or with its id. */
export function samplePath(route: Route, template: string): string | undefined {
  const filled = [VM_NAME, VM].map((vm) =>
    template.replace(':id', VMI).replace(':vmi', VMI).replace(':vm', vm),
  );
  return filled.find((path) => route.path.test(path));
}

function backendWithSample(release: Release): Backend {
  const read = readBody(release.readPort, { body: JSON.stringify(PORT) });
  if (!read.ok) throw new Error(read.message);
  const entries = read.ports.map((port) => [port.id, { port, linkState: 0, generation: 0 }] as const);
  const ports = new Map(entries);
  return {
    release,
    agent: {
      table: { ports, world: 0, generation: 0, deadlines: [] },
      port: (id) => ports.get(id),
      request: async () => ({ ok: true }),
    },
    delivery: new ConfigDelivery('auto'),
    subscriptions: undefined,
    stamp: () => ({ author: '/usr/bin/contrail-vrouter-agent', timeMs: AT_MS }),
  };
}
