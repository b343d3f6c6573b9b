import type { DiskCall, DiskFault } from './disk/disk-fault.ts';
import type { Described } from './described.ts';
import type { FaultWorld, HttpFault } from './fault.ts';
import { FAULTS } from './registry.ts';
import type { Rule } from './rules.ts';

/** A rule at work, with its counts. */
export class ArmedRule {
  readonly rule: Rule;
  readonly http: HttpFault | undefined;
  readonly disk: DiskFault | undefined;
  readonly #random: () => number;
  #seen = 0;
  #fired = 0;

  constructor(rule: Rule, world: FaultWorld) {
    this.rule = rule;
    this.#random = world.random;
    const { kind, ...settings } = rule.action;
    const armed = FAULTS[kind]?.arm(settings, world);
    this.http = armed !== undefined && 'http' in armed ? armed.http : undefined;
    this.disk = armed !== undefined && 'disk' in armed ? armed.disk : undefined;
  }

  get report(): Rule & { readonly seen: number; readonly fired: number } {
    return { ...this.rule, seen: this.#seen, fired: this.#fired };
  }

  firesForRequest({ operation, portIds, vms, client }: Described): boolean {
    const { match } = this.rule;
    const operations = match.operation === undefined ? undefined : [match.operation].flat();
    const matches =
      (operations === undefined || (operation !== null && operations.includes(operation))) &&
      (match.portId === undefined || portIds.includes(match.portId)) &&
      (match.vm === undefined || vms.includes(match.vm)) &&
      (match.client === undefined || match.client === client);
    return matches && this.#fires();
  }

  firesForCall({ name, path }: DiskCall): boolean {
    const { call, portId } = this.rule.match;
    const matches =
      this.disk?.calls.includes(name) === true &&
      (call === undefined || call === name) &&
      (portId === undefined || path.includes(portId));
    return matches && this.#fires();
  }

  #fires(): boolean {
    const { match, skip, count = Infinity, probability } = this.rule;
    this.#seen += 1;
    if (match.nth !== undefined && this.#seen !== match.nth) return false;
    if (this.#seen <= skip || this.#fired >= count) return false;
    if (this.#random() >= probability) return false;
    this.#fired += 1;
    return true;
  }
}
