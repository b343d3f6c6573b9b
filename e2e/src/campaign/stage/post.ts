import type { Ask } from '@vrouter/testkit/history';
import { textsOf } from '@vrouter/testkit/history';
import { AgentProxy, type Fate } from '../../proxy/agent-proxy.ts';
import type { Exchange } from '../../proxy/exchange.ts';
import { heldInTable } from '../../checks/held.ts';
import { waitFor } from '@vrouter/testkit';
import type { Agent } from '../../world/agent.ts';
import type { History } from '../history/history.ts';

/** Longer than any trouble: a request is given up only when its agent is gone. */
const ANSWER_MS_MAX = 120_000;
/** For requests that are under way to be answered before a look at the table. */
const CALM_MS_MAX = 1_000;

/** An agent, and the proxy before it that takes notes of all that it is asked and answers. */
export class Post {
  readonly agent: Agent;
  readonly proxy: AgentProxy;
  readonly #history: History;
  #gate: PromiseWithResolvers<void> | undefined;
  #underWay = 0;
  /** What becomes of answers. */
  fate: Fate = 'pass';
  /** It is known to be in no state to be asked anything. */
  isAway = false;
  /** It has lied since an operator last asked for a sync. */
  hasLied = false;

  constructor(agent: Agent, history: History) {
    this.agent = agent;
    this.#history = history;
    this.proxy = new AgentProxy({
      target: () => agent.url,
      answerMsMax: ANSWER_MS_MAX,
      gate: async () => this.#gate?.promise,
      observer: (exchange) => this.#observe(exchange),
      fate: () => this.fate,
    });
  }

  /** Nothing listens at its address any more; what was under way is answered, or has failed. */
  async shut(): Promise<void> {
    this.#letGo();
    await this.proxy.close();
  }

  /** Notes what the agent holds. While it cannot be asked, or does not finish what it is at, nothing. */
  async survey(): Promise<void> {
    const { pid } = this.agent;
    if (this.isAway || pid === undefined || this.#gate !== undefined) return;
    this.#gate = Promise.withResolvers();
    try {
      await waitFor(() => this.#underWay === 0, { what: 'requests to be answered', timeoutMs: CALM_MS_MAX });
      const ports = await heldInTable(this.agent);
      if (this.agent.pid === pid && !this.isAway && this.#underWay === 0) this.#seen(ports);
    } catch {
      // It is busy, or it was killed meanwhile: the next look will do.
    } finally {
      this.#letGo();
    }
  }

  /** The same of an agent that has just been started, and that nobody else can ask yet. */
  async surveyFresh(): Promise<void> {
    this.#seen(await heldInTable(this.agent));
  }

  #seen(ports: Awaited<ReturnType<typeof heldInTable>>): void {
    this.#history.add({ kind: 'table', agent: this.agent.name, ports });
  }

  #letGo(): void {
    this.#gate?.resolve();
    this.#gate = undefined;
  }

  #observe(exchange: Exchange): (status: number | undefined) => void {
    const [agent, key] = [this.agent.name, this.#history.nextKey()];
    this.#underWay += 1;
    this.#history.add({ kind: 'asked', agent, key, ask: askIn(exchange) });
    return (status) => {
      this.#underWay -= 1;
      this.#history.add({ kind: 'answered', agent, key, status: status ?? null });
    };
  }
}

function askIn({ operation, portIds, ports }: Exchange): Ask {
  const [id = ''] = portIds;
  switch (operation) {
    case 'add':
      return { kind: 'add', ports: ports.map((port) => ({ id: port.id, ...textsOf(port) })) };
    case 'sync':
      return { kind: 'sync' };
    case 'unknown':
      throw new Error('the plugin sent a request that no agent knows');
    case 'delete':
    case 'enable':
    case 'disable':
    case 'get':
      return { kind: operation, id };
  }
}
