import { adminReference } from './admin-reference.ts';
import { metricsReference } from './metrics-reference.ts';
import { settingsReference } from './settings-reference.ts';

/** The reference pages that are made from the agent; paths are relative to `docs/reference/`. */
export async function agentPages(): Promise<{ readonly path: string; readonly content: string }[]> {
  return [
    { path: 'agent-settings.md', content: settingsReference() },
    { path: 'agent-admin-api.md', content: adminReference() },
    { path: 'agent-metrics.md', content: await metricsReference() },
  ];
}
