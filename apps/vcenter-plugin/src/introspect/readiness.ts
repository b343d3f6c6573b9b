import type { BindingProblem } from '../binding/desired-port.ts';
import type { ConfigApiReport } from '../modes/mode.ts';
import type { InventoryReport } from '../pipeline.ts';
import type { Fleet } from '../sync/fleet.ts';

export interface Readiness {
  readonly ready: boolean;
  /** Why not. */
  readonly reasons: readonly string[];
  /** What is wrong without making the plugin unready: agents that are down must not hide that the rest works. */
  readonly warnings: readonly string[];
}

/** Problems that keep a whole host off the network. */
const ABOUT_AGENTS: ReadonlySet<BindingProblem['kind']> = new Set([
  'host-without-agent',
  'agent-without-host',
  'agent-not-used',
  'agents-file',
]);

/** Ready: the inventory is complete, and every agent is in step with it or known to be unreachable. */
export function readiness(
  inventory: InventoryReport,
  fleet: Fleet,
  configApi: ConfigApiReport | null = null,
): Readiness {
  const reasons: string[] = [];
  const warnings: string[] = [];
  if (!inventory.complete) reasons.push(`inventory: ${inventory.reason ?? 'not complete'}`);
  if (configApi?.complete === true && configApi.reason !== null)
    warnings.push(`config API: ${configApi.reason}; what needs it waits`);
  if (configApi !== null && configApi.brake !== null) {
    const { interfaces, releaseAtMs } = configApi.brake;
    const when = new Date(releaseAtMs).toISOString();
    reasons.push(
      `config API: brake: ${interfaces} interfaces would be deleted at once; they go at ${when}, or now with POST /introspect/config-api/release-brake`,
    );
  }
  const [first, ...others] = configApi?.problems ?? [];
  if (first !== undefined) {
    const more = others.length === 0 ? '' : `; ${others.length} more at /introspect/config-api`;
    warnings.push(`config API: ${first.subject}: ${first.text}${more}`);
  }
  for (const { kind, subject, text } of inventory.problems) {
    if (ABOUT_AGENTS.has(kind)) warnings.push(`${subject}: ${text}`);
  }
  for (const member of fleet.members) {
    const { name } = member;
    const { phase, reachable, lastError, syncs, ports, brake } = member.report();
    if (phase === 'gone')
      warnings.push(`agent ${name}: gone; ${member.ports().length} ports that it may hold are remembered`);
    else if (phase === 'parked')
      warnings.push(
        `agent ${name}: parked, its host is in maintenance, disconnected or gone, or its VM is off`,
      );
    else if (reachable === false) warnings.push(`agent ${name}: unreachable: ${lastError ?? 'no answer'}`);
    else if (syncs === 0 && brake === null)
      reasons.push(`agent ${name}: not synced yet${lastError === undefined ? '' : `: ${lastError}`}`);
    if (brake !== null) {
      const when = new Date(brake.releaseAtMs).toISOString();
      const path = `/introspect/agents/${encodeURIComponent(name)}/release-brake`;
      reasons.push(
        `agent ${name}: brake: ${brake.ports} ports would go at once; they go at ${when}, or now with POST ${path}`,
      );
    }
    if (ports.refused > 0) warnings.push(`agent ${name}: refuses ${ports.refused} ports`);
  }
  return { ready: reasons.length === 0, reasons, warnings };
}
