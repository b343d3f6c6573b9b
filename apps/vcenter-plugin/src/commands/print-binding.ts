import { bindStandalone } from '../binding/standalone.ts';
import type { AgentPlaces } from '../binding/agent-places.ts';
import type { Config } from '../config.ts';
import type { Inventory } from '../inventory/model.ts';

/** Prints what would be on each agent, and what gets no port, as warnings. */
export function printBinding(
  config: Config,
  inventory: Inventory,
  { agents, problems }: AgentPlaces,
  print: (text: string) => void,
): void {
  if (config.mode !== 'standalone') {
    print(
      `Ports in mode ${config.mode} depend on the config API as well: only a running plugin tells them, at /introspect/ports.`,
    );
    return;
  }
  const placements = agents.map(({ name, host, off }) => ({ agent: name, host, off }));
  const binding = bindStandalone(inventory, placements, config.lifecycle);
  for (const [agent, { ports, parked }] of binding.agents)
    print(`${agent}: ${ports.size} ports${parked ? ', parked' : ''}`);
  for (const { subject, text } of [...problems, ...binding.problems]) print(`warning: ${subject}: ${text}`);
}
