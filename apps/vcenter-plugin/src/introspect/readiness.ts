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
  for (const { name, worker } of fleet.members) {
    const { phase, reachable, lastError, syncs, ports, brake } = worker.report();
    if (phase === 'parked')
      warnings.push(`agent ${name}: parked, its host is in maintenance or disconnected`);
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
