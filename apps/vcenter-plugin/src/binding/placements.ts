import type { Clock, Logger } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { followFile, type FollowedFile } from '../files/follow-file.ts';
import type { Look } from '../files/look.ts';
import type { Inventory } from '../inventory/model.ts';
import { agentPlaces, type AgentPlaces } from './agent-places.ts';
import type { BindingProblem } from './desired-port.ts';
import { findsAgents, listedAgents, withAgentsOf } from './placement-file.ts';
import type { PlacedAgent } from './placement-map.ts';

/** Knows which agent serves which host, now: from the configuration, its `agentsFile`, and the agents' own VMs. */
export class Placements {
  readonly #config: Config;
  readonly #file: FollowedFile | undefined;
  readonly #log: Logger;
  #listed: readonly PlacedAgent[];
  #problems: readonly BindingProblem[] = [];

  /** Reads `agentsFile`. Throws `StartError` when it is no use. */
  constructor(config: Config, clock: Clock, log: Logger) {
    this.#config = config;
    this.#log = log;
    this.#listed = listedAgents(config);
    this.#file = config.agentsFile === undefined ? undefined : followFile(config.agentsFile, clock, log);
  }

  /** The agents that are known without an inventory. */
  get listed(): readonly PlacedAgent[] {
    return this.#listed;
  }

  /** All agents, those that `inventory` shows among them. */
  of(inventory: Inventory): AgentPlaces {
    const found = findsAgents(this.#config) ? (inventory.agentVms ?? []) : [];
    const { inventory: section } = this.#config;
    const port = section.kind === 'vsphere' ? section.agentVm?.port : undefined;
    const { agents, problems } = agentPlaces(this.#listed, found, port);
    return { agents, problems: [...this.#problems, ...problems] };
  }

  /** `onChange` is called when `of` may have another answer. */
  start(onChange: () => void): void {
    this.#file?.start((look) => {
      this.#read(look);
      onChange();
    });
  }

  async stop(): Promise<void> {
    await this.#file?.stop();
  }

  /** A file that is no use any more changes nothing, and is told. */
  #read(look: Look): void {
    const { agentsFile: file = '' } = this.#config;
    try {
      if (look.text === undefined) throw look.error;
      this.#listed = withAgentsOf(look.text, this.#config, file);
      this.#problems = [];
    } catch (error) {
      const { message } = error as Error;
      this.#problems = [
        { kind: 'agents-file', subject: file, text: `${message}; the agents stay as they were` },
      ];
      this.#log.warn({ file, reason: message }, 'the file of agents is no use; the agents stay as they were');
    }
  }
}
