import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import * as fc from 'fast-check';
import { takeCollected, type Collected } from './vitest-shim.ts';

/** How the patterns of the tests come to us, through the processes that Stryker starts. */
export const TESTS_VARIABLE = 'MUTATION_TESTS';

/** Stryker allows 100 times the hits of a run without mutants. Ten times tell a loop without end as well, and sooner. */
const HIT_LIMIT_DIVISOR = 10;

const SHIM = new URL('./vitest-shim.ts', import.meta.url).href;

/**
 * Runs tests in the process that loaded them: Stryker puts all mutants into the code and turns them on one by one, so
 * that most need no more than the tests that reach them, some milliseconds. A worker of vitest takes a second to start.
 */
class InProcessRunner implements TestRunner {
  readonly #files: readonly string[];
  readonly #tests = new Map<string, readonly (Collected & { readonly id: string })[]>();
  /** How often all modules of the project were loaded: each time under other names, so that they run again. */
  #loads = 1;

  constructor() {
    const patterns = (process.env[TESTS_VARIABLE] ?? '').split(' ');
    // In the order of the patterns: what kills in the least time goes first.
    this.#files = [...new Set(patterns.flatMap((pattern) => globSync(pattern).sort()))];
    // The copy of the project in which Stryker put us.
    const copy = pathToFileURL(`${process.cwd()}/`).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === 'vitest') return { url: SHIM, shortCircuit: true };
        const resolved = next(specifier, context);
        const isOurs = resolved.url.startsWith(copy) && resolved.url.endsWith('.ts');
        return isOurs ? { ...resolved, url: `${resolved.url}?${this.#loads}` } : resolved;
      },
    });
    // The same mutants are killed in each run, and none is killed slowly.
    fc.configureGlobal({ seed: 1, endOnFailure: true });
  }

  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<DryRunResult> {
    const result = await this.#run(undefined, true);
    const { mutantCoverage } = context();
    return { ...result, ...(mutantCoverage !== undefined && { mutantCoverage }) };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, testFilter, reloadEnvironment } = options;
    const hitLimit = options.hitLimit && options.hitLimit / HIT_LIMIT_DIVISOR;
    const stryker = context();
    if (reloadEnvironment) {
      this.#tests.clear();
      this.#loads += 1;
    }
    if (mutantActivation === 'runtime') for (const file of this.#files) await this.#load(file);
    Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    try {
      const result = await this.#run(testFilter && new Set(testFilter), false);
      return toMutantRunResult(determineHitLimitReached(stryker.hitCount, hitLimit) ?? result);
    } finally {
      Object.assign(stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    }
  }

  /** Until one fails, unless `all` are wanted. A file is loaded only when its turn comes. */
  async #run(only: ReadonlySet<string> | undefined, all: boolean): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const file of this.#files) {
      for (const test of await this.#load(file)) {
        if (only !== undefined && !only.has(test.id)) continue;
        const result = await runTest(test, file);
        tests.push(result);
        if (!all && result.status === TestStatus.Failed) return { status: DryRunStatus.Complete, tests };
      }
    }
    return { status: DryRunStatus.Complete, tests };
  }

  async #load(file: string): Promise<readonly (Collected & { readonly id: string })[]> {
    const known = this.#tests.get(file);
    if (known !== undefined) return known;
    const tests = await collect(file);
    this.#tests.set(file, tests);
    return tests;
  }
}

/** A file that a mutant keeps from loading has one test, which fails: somebody would notice. */
async function collect(file: string): Promise<(Collected & { readonly id: string })[]> {
  try {
    await import(pathToFileURL(resolve(file)).href);
    return takeCollected().map((test) => ({ ...test, id: `${file}: ${test.name}` }));
  } catch (error) {
    takeCollected();
    const run = (): never => {
      throw error;
    };
    return [{ name: 'loading', id: `${file}: loading`, run }];
  }
}

async function runTest(
  { id, name, run }: Collected & { readonly id: string },
  fileName: string,
): Promise<TestResult> {
  const startMs = performance.now();
  const stryker = context();
  stryker.currentTestId = id;
  try {
    await run();
    return { id, name, fileName, status: TestStatus.Success, timeSpentMs: performance.now() - startMs };
  } catch (error) {
    const failureMessage = error instanceof Error ? error.message : String(error);
    return {
      id,
      name,
      fileName,
      status: TestStatus.Failed,
      failureMessage,
      timeSpentMs: performance.now() - startMs,
    };
  } finally {
    delete stryker.currentTestId;
  }
}

function context(): InstrumenterContext {
  const holder = globalThis as { [INSTRUMENTER_CONSTANTS.NAMESPACE]?: InstrumenterContext };
  return (holder[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
}

const create = (): TestRunner => new InProcessRunner();

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'in-process', create)];
