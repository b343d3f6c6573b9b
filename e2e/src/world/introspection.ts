import { getJson } from './http.ts';

const ANSWER_MS_MAX = 30_000;

/** One row of `GET /introspect/agents`. */
export interface AgentView {
  readonly name: string;
  readonly host: string;
  readonly phase: string;
  readonly reachable?: boolean;
  readonly ports?: { readonly desired: number; readonly confirmed: number };
}

/** One row of `GET /introspect/retries`. */
export interface Retry {
  readonly agent: string;
  readonly portId: string | null;
  readonly operation: string;
  readonly attempts: number;
}

export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
}

/** `GET /introspect/inventory`. */
export interface InventoryView {
  readonly complete: boolean;
  readonly reason: string | null;
  /** What gets no port. */
  readonly problems: readonly { readonly kind: string; readonly subject: string }[];
}

/** What the plugin at `url` says about itself. */
export class Introspection {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async agents(): Promise<readonly AgentView[]> {
    return (await getJson<{ agents: AgentView[] }>(`${this.#url}/introspect/agents`)).agents;
  }

  async retries(): Promise<readonly Retry[]> {
    return (await getJson<{ retries: Retry[] }>(`${this.#url}/introspect/retries`)).retries;
  }

  inventory(): Promise<InventoryView> {
    return getJson(`${this.#url}/introspect/inventory`);
  }

  /** The config API as the plugin sees it; it must have one. */
  async configApi(): Promise<{ readonly pending: number; readonly problems: readonly object[] }> {
    const { configApi } = await getJson<{ configApi: { pending: number; problems: object[] } }>(
      `${this.#url}/introspect/config-api`,
    );
    return configApi;
  }

  /** `GET /readyz`, which answers with reasons whether ready or not. */
  async readiness(): Promise<Readiness> {
    const response = await fetch(`${this.#url}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return (await response.json()) as Readiness;
  }

  /** An operator agrees that what the brake holds back is gone. */
  async releaseBrake(agent: string): Promise<void> {
    await this.#ask(`${this.#url}/introspect/agents/${agent}/release-brake`);
  }

  /** An operator wants the agent synced. */
  async resync(agent: string): Promise<void> {
    await this.#ask(`${this.#url}/introspect/agents/${agent}/resync`);
  }

  /** All of it. For people, after a failure. */
  async everything(): Promise<Readonly<Record<string, unknown>>> {
    const topics = ['agents', 'ports', 'retries', 'inventory', 'config-api'];
    const answers = topics.map(async (topic) => [topic, await getJson(`${this.#url}/introspect/${topic}`)]);
    return Object.fromEntries(await Promise.all(answers)) as Record<string, unknown>;
  }

  async #ask(url: string): Promise<void> {
    const { status } = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    if (status !== 202) throw new Error(`${url} answered ${status}`);
  }
}
