import { Violation } from '@vrouter/testkit/history';
import { AddressRule } from './address-rule.ts';
import { AgentHistory, type AgentFacts } from './agent-history.ts';
import type { HistoryEvent } from './event.ts';

/** What is known of those who took part. */
export interface HistoryFacts extends AgentFacts {
  /** Nobody but the plugin releases addresses in the config API. */
  readonly pluginReleases: boolean;
}

export interface Verdict {
  /** The promise that was broken, and where in the history. */
  readonly broken?: { readonly violation: Violation; readonly index: number; readonly agent: string };
  /** How many tables were held against the model. */
  readonly tables: number;
  /** How many addresses that agents had were looked for in the config API. */
  readonly addresses: number;
}

/** Holds a history against the same model as the simulation does. */
export function checkHistory(
  events: readonly HistoryEvent[],
  agents: readonly string[],
  facts: HistoryFacts,
): Verdict {
  const histories = agents.map((name) => ({ name, history: new AgentHistory(name, facts) }));
  const rule = new AddressRule();
  const counts = (): Omit<Verdict, 'broken'> => ({
    tables: histories.reduce((sum, { history }) => sum + history.tables, 0),
    addresses: rule.addresses,
  });
  for (const [index, event] of events.entries()) {
    for (const { name, history } of histories) {
      try {
        history.play(event);
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        return { broken: { violation: error, index, agent: name }, ...counts() };
      }
    }
    if (!facts.pluginReleases || event.kind === 'note') continue;
    const held = histories.map(({ name, history }) => ({ name, ports: history.certain() }));
    const fault = rule.look(event, held);
    if (fault !== undefined) return { broken: { ...fault, index }, ...counts() };
  }
  return counts();
}
