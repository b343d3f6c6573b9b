import { Gauge, Registry } from 'prom-client';
import type { ConfigApiReport } from '../modes/mode.ts';
import type { InventoryReport } from '../pipeline.ts';
import type { AgentReport } from '../sync/report.ts';
import type { Readiness } from './readiness.ts';

/** What is measured, read anew at each scrape. */
export interface Measured {
  readonly inventory: () => InventoryReport;
  readonly agents: () => readonly { readonly name: string; readonly report: AgentReport }[];
  readonly configApi: () => ConfigApiReport | null;
  readonly readiness: () => Readiness;
}

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/** Metrics of the plugin in `registry`; everything is as the introspection pages say at the moment of the scrape. */
export function pluginMetrics(measured: Measured): Registry {
  const registry = new Registry();
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    samples: () => readonly Sample[],
  ): void => {
    const metric = new Gauge({
      name: `vcenter_plugin_${name}`,
      help,
      labelNames,
      registers: [],
      collect() {
        this.reset();
        for (const [labels, value] of samples()) this.set(labels, value);
      },
    });
    registry.registerMetric(metric);
  };
  const perAgent = (name: string, help: string, value: (report: AgentReport) => number): void =>
    gauge(name, help, ['agent'], () =>
      measured.agents().map((agent): Sample => [{ agent: agent.name }, value(agent.report)]),
    );

  gauge('ready', '1 when the plugin is ready', [], () => [[{}, Number(measured.readiness().ready)]]);
  gauge('warnings', 'What is wrong without making the plugin unready', [], () => [
    [{}, measured.readiness().warnings.length],
  ]);
  gauge('inventory_complete', '1 while there is a complete inventory', [], () => [
    [{}, Number(measured.inventory().complete)],
  ]);
  gauge('inventory_objects', 'What the last complete inventory had', ['kind'], () =>
    Object.entries(measured.inventory().counts).map(([kind, count]): Sample => [{ kind }, count]),
  );
  gauge('problems', 'Adapters, hosts and agents that something is wrong with', ['kind'], () =>
    counted(measured.inventory().problems.map(({ kind }) => kind)),
  );
  gauge('agents', 'Agents, by what their workers are doing', ['phase'], () =>
    counted(measured.agents().map(({ report }) => report.phase)).map(([{ kind = '' }, count]) => [
      { phase: kind },
      count,
    ]),
  );
  gauge('agent_ports', 'Ports of an agent, by how far they are', ['agent', 'state'], () =>
    measured
      .agents()
      .flatMap(({ name, report }) =>
        Object.entries(report.ports).map(([state, count]): Sample => [{ agent: name, state }, count]),
      ),
  );
  perAgent('agent_reachable', '1 when the agent answered last time', ({ reachable }) =>
    Number(reachable === true),
  );
  perAgent('agent_syncs', 'Syncs that it answered since the plugin started', ({ syncs }) => syncs);
  perAgent('agent_requests_in_flight', 'Requests under way', ({ inFlight }) => inFlight);
  perAgent('agent_brake_ports', 'Ports whose removal the brake holds back', ({ brake }) => brake?.ports ?? 0);
  gauge('config_api_complete', '1 when the config API was read as a whole; absent without one', ['url'], () =>
    ofConfigApi(measured, ({ complete }) => Number(complete)),
  );
  gauge(
    'config_api_pending',
    'Changes of objects that are still to be made; absent without one',
    ['url'],
    () => ofConfigApi(measured, ({ pending }) => pending),
  );
  gauge(
    'config_api_problems',
    'Objects with something in the way of them; absent without a config API',
    ['url'],
    () => ofConfigApi(measured, ({ problems }) => problems.length),
  );
  return registry;
}

function ofConfigApi(measured: Measured, value: (report: ConfigApiReport) => number): readonly Sample[] {
  const report = measured.configApi();
  return report === null ? [] : [[{ url: report.url }, value(report)]];
}

function counted(kinds: readonly string[]): readonly Sample[] {
  return [...new Set(kinds)].map((kind): Sample => [{ kind }, kinds.filter((each) => each === kind).length]);
}
