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
  return Array.from({ length: config.agents }, (_, index) => {
    const name = config.agents === 1 ? config.name : `agent-${index + 1}`;
    return {
      ...config,
      name,
      agents: 1,
      seed: (config.seed + index) >>> 0,
      listen: addressOf(config, index),
      introspectListen: introspectAddressOf(config, index),
      stateDir: config.agents === 1 ? config.stateDir : join(config.stateDir, name),
      peersDir: config.peersDir ?? join(config.stateDir, 'peers'),
      portsDir: config.agents === 1 || !config.portsDir ? config.portsDir : join(config.portsDir, name),
    };
  });
}

function addressOf({ listen, listenTemplate }: Config, index: number): ListenAddress {
  if (listenTemplate === undefined) return nth(listen, index);
  try {
    return ListenAddress.parse(fillTemplate(listenTemplate, index));
  } catch (error) {
    throw new StartError(
      'BAD_CONFIG',
      `listenTemplate ${JSON.stringify(listenTemplate)} gives agent ${index + 1} no address: ${(error as Error).message}`,
    );
  }
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
