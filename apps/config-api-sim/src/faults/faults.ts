import { seededRandom } from './random.ts';
import type { Effect, FaultPlan, Operation } from './rules.ts';
import type { TypeName } from '../model/types.ts';

export interface Target {
  readonly operation: Operation;
  readonly type: TypeName | undefined;
}

/** A plan in force, and how often each of its rules has matched and struck. */
export class Faults {
  #plan: FaultPlan = { seed: 1, rules: [] };
  #random = seededRandom(1);
  #matched: number[] = [];
  #struck: number[] = [];

  /** Takes the place of the plan before; all counts start again. */
  set(plan: FaultPlan): void {
    this.#plan = plan;
    this.#random = seededRandom(plan.seed);
    this.#matched = plan.rules.map(() => 0);
    this.#struck = plan.rules.map(() => 0);
  }

  clear(): void {
    this.set({ seed: 1, rules: [] });
  }

  /** The plan, with `matched` and `struck` for each rule. */
  read(): { readonly seed: number; readonly rules: readonly object[] } {
    const rules = this.#plan.rules.map((rule, index) => ({
      ...rule,
      matched: this.#matched[index],
      struck: this.#struck[index],
    }));
    return { seed: this.#plan.seed, rules };
  }

  /** What befalls the next request for `target`, in the order of the rules. */
  next(target: Target): Effect[] {
    return this.#plan.rules.flatMap((rule, index) => {
      const { operation = target.operation, type = target.type, skip, count = Infinity } = rule;
      if (operation !== target.operation || type !== target.type) return [];
      const matched = (this.#matched[index] ?? 0) + 1;
      const struck = this.#struck[index] ?? 0;
      this.#matched[index] = matched;
      if (matched <= skip || struck >= count) return [];
      if (rule.probability < 1 && this.#random() >= rule.probability) return [];
      this.#struck[index] = struck + 1;
      return [rule.effect];
    });
  }
}
