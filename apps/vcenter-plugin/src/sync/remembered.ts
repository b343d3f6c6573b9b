import { step } from './agent-state.ts';
import type { SyncLimits } from './limits.ts';
import type { AgentView } from './member.ts';
import { agentReport, portReport, portReports, retries } from './report.ts';
import { newAgentState, type LedgerRow } from './state.ts';

/** An agent that nobody talks to, as the ledger knows it: all that it is owed is in the list of retries. */
export function rememberedAgent(rows: readonly LedgerRow[], limits: SyncLimits): AgentView {
  const [state] = step({ ...newAgentState(limits), parked: true }, { kind: 'ledger', rows }, 0);
  return {
    report: () => agentReport(state),
    retries: () => retries(state),
    ports: () => portReports(state),
    port: (id) => {
      const entry = state.ports.get(id);
      return entry === undefined ? undefined : portReport(state, entry);
    },
  };
}
