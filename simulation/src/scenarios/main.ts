#!/usr/bin/env node
import { helpLines, parseCommandLine, runMain, type Flags } from '@vrouter/service-kit';
import { runPlan } from '../plan/run.ts';
import { onBadNetworks, told, variants, withFaults, type Variant } from './expand.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';
import { STORIES } from './stories.ts';
import { swizzled } from './swizzle.ts';

const FLAGS = {
  only: { value: 'TEXT', help: 'only runs whose name has this in it, such as "6 agent"' },
  trace: { help: 'print all that happens' },
  help: { help: 'print this' },
} as const satisfies Flags;

await runMain('simulated-scenarios', async () => {
  const { values } = parseCommandLine(FLAGS, process.argv.slice(2));
  if (values['help'] === true)
    return say(['Usage: npm run simulate:scenarios -- [flags]', ...helpLines(FLAGS)].join('\n'));
  let [runs, failures] = [0, 0];
  for (const scenario of [...SCENARIOS, ...STORIES]) {
    const all = (['blueprint', 'tf'] as const).flatMap((profile) => runsOf(scenario, profile));
    for (const { name, plan } of all.filter((one) => one.name.includes(String(values['only'] ?? '')))) {
      const { violation, lines } = await runPlan(plan);
      runs += 1;
      if (values['trace'] === true) say(lines.join('\n'));
      if (violation === undefined) continue;
      failures += 1;
      say(
        `FAILED ${name}: ${violation.message}\nagain: npm run simulate:scenarios -- --only "${name}" --trace`,
      );
    }
  }
  say(`${runs} runs of ${SCENARIOS.length} scenarios and ${STORIES.length} stories, ${failures} failed`);
  if (failures > 0) process.exitCode = 1;
});

function runsOf(scenario: Scenario, profile: 'blueprint' | 'tf'): Variant[] {
  if (STORIES.includes(scenario)) return [told(scenario, profile)];
  return [
    ...variants(scenario, profile),
    ...onBadNetworks(scenario, profile),
    ...swizzled(scenario, profile),
    ...withFaults(scenario, profile),
  ];
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
