import { Violation } from '@vrouter/testkit/history';
import { AgentHistory, type AgentFacts } from './agent-history.ts';
import type { HistoryEvent } from './event.ts';

export interface Verdict {
  /** The promise that was broken, and where in the history. */
  readonly broken?: { readonly violation: Violation; readonly index: number; readonly agent: string };
  /** How many tables were held against the model. */
  readonly tables: number;
}

/** Holds a history against the same model as the simulation does. */
export function checkHistory(
  events: readonly HistoryEvent[],
  agents: readonly string[],
  facts: AgentFacts,
): Verdict {
  const histories = agents.map((name) => ({ name, history: new AgentHistory(name, facts) }));
  const tables = (): number => histories.reduce((sum, { history }) => sum + history.tables, 0);
  for (const [index, event] of events.entries())
    for (const { name, history } of histories) {
      try {
        history.play(event);
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        return { broken: { violation: error, index, agent: name }, tables: tables() };
      }
    }
  return { tables: tables() };
}
