import { join } from 'node:path';
import { ListenAddress, StartError } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { fillTemplate } from './listen-template.ts';

const PORT_MAX = 65_535;

/**
 * What each agent of the process is to be: its own address and folder. A single one is `config` itself. Throws
 * `StartError` BAD_CONFIG when there are not addresses enough.
 */
export function configsOfAgents(config: Config): Config[] {
  if (config.agents === 1 && config.listenTemplate === undefined) return [config];
  const addresses = addressesOf(config);
  return addresses.map((listen, index) => {
    const name = config.agents === 1 ? config.name : `agent-${index + 1}`;
    return {
      ...config,
      name,
      agents: 1,
      seed: (config.seed + index) >>> 0,
      listen,
      introspectListen: introspectAddressOf(config, index),
      stateDir: config.agents === 1 ? config.stateDir : join(config.stateDir, name),
      peersDir: config.peersDir ?? join(config.stateDir, 'peers'),
      portsDir: config.agents === 1 || !config.portsDir ? config.portsDir : join(config.portsDir, name),
    };
  });
}

/** The address of each agent's REST API; no two are the same. */
function addressesOf({ listen, listenTemplate, agents }: Config): ListenAddress[] {
  const indexes = Array.from({ length: agents }, (_, index) => index);
  if (listenTemplate === undefined) return indexes.map((index) => nth(listen, index));
  const all = indexes.map((index) => addressFrom(listenTemplate, index));
  const firstWith = new Map<string, number>();
  for (const [index, { host, port }] of all.entries()) {
    const address = `${host}:${port}`;
    const first = firstWith.get(address);
    if (first !== undefined && port !== 0) {
      throw new StartError(
        'BAD_CONFIG',
        `listenTemplate: agents ${first + 1} and ${index + 1} would both listen on ${address}; expected an address for ` +
          `each, so put a sum of i, such as {i} or {9091+i}, into ${JSON.stringify(listenTemplate)}`,
      );
    }
    firstWith.set(address, index);
  }
  return all;
}

function addressFrom(template: string, index: number): ListenAddress {
  const filled = fillTemplate(template, index);
  const parsed = ListenAddress.safeParse(filled);
  if (parsed.success) return parsed.data;
  const { message } = parsed.error.issues[0] ?? {};
  const made = filled === template ? '' : `; for agent ${index + 1} that makes ${filled}: ${message}`;
  throw new StartError(
    'BAD_CONFIG',
    `listenTemplate: expected HOST:PORT with sums of i in braces, such as 127.0.0.{i+1}:9091, got ` +
      `${JSON.stringify(template)}${made}`,
  );
}

/** Many agents are many pages that nobody may want, in the way of other programs: they open only when asked for. */
function introspectAddressOf(
  { introspectListen: asked, agents }: Config,
  index: number,
): Config['introspectListen'] {
  if (asked === undefined) return agents === 1 ? undefined : 'none';
  return asked === 'none' ? asked : nth(asked, index);
}

/** Port 0 takes a free one for each. */
function nth({ host, port }: ListenAddress, index: number): ListenAddress {
  if (port === 0) return { host, port };
  if (port + index <= PORT_MAX) return { host, port: port + index };
  throw new StartError(
    'BAD_CONFIG',
    `There is no port ${port + index} for agent ${index + 1}; use fewer agents`,
  );
}
