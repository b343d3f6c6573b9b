import { table } from '@vrouter/service-kit';
import { REST_OPERATIONS } from '../rest/operations.ts';
import { Metrics } from '../metrics/metrics.ts';

/** The page of every metric, in Markdown. */
export async function metricsReference(): Promise<string> {
  const { registry } = new Metrics();
  const metrics = await registry.getMetricsAsJSON();
  const rows = metrics.map(({ name, type, help }) => {
    const metric = registry.getSingleMetric(name);
    const labels = metric !== undefined && 'labelNames' in metric ? (metric.labelNames as string[]) : [];
    return [`\`${name}\``, String(type), labels.map((label) => `\`${label}\``).join(', '), help];
  });
  return `# Metrics of vrouter-agent-sim

\`GET /metrics\` of the admin listener, in the text format of Prometheus. The label \`agent\` is the name of the agent. The
label \`operation\` is one of ${REST_OPERATIONS.map((name) => `\`${name}\``).join(', ')}, and
\`unknown\` for requests that no route of the profile takes.

${table(['name', 'type', 'labels', 'meaning'], rows)}
`;
}
