import { table } from '@vrouter/service-kit';
import { pluginMetrics } from '../introspect/metrics.ts';

const NOTHING = {
  inventory: () => ({
    source: '',
    complete: false,
    reason: null,
    counts: { hosts: 0, networks: 0, vms: 0, adapters: 0 },
    problems: [],
  }),
  agents: () => [],
  configApi: () => null,
  readiness: () => ({ ready: false, reasons: [], warnings: [] }),
};

/** The page of every metric, in Markdown. */
export async function metricsReference(): Promise<string> {
  const registry = pluginMetrics(NOTHING);
  const metrics = await registry.getMetricsAsJSON();
  const rows = metrics.map(({ name, type, help }) => {
    const metric = registry.getSingleMetric(name);
    const labels = metric !== undefined && 'labelNames' in metric ? (metric.labelNames as string[]) : [];
    return [`\`${name}\``, String(type), labels.map((label) => `\`${label}\``).join(', '), help];
  });
  return `# Metrics of vcenter-plugin

\`GET /metrics\` beside \`/readyz\`, in the text format of Prometheus: what the pages below \`/introspect\` say, as numbers, at
the moment of the scrape.

${table(['name', 'type', 'labels', 'meaning'], rows)}
`;
}
