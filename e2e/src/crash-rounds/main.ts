import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { seededRandom } from '@vrouter/testkit';
import { saveEvidence } from '../checks/evidence.ts';
import { settled } from '../checks/settled.ts';
import { runCommand, say } from '../command/run-command.ts';
import { Arena } from './arena.ts';
import { HELP, parseCommand, repeatCommand, type Command } from './command-line.ts';
import { round } from './round.ts';

const EXIT_FAILED = 1;
/** Every so many rounds the load pauses until state equals inventory. */
const ROUNDS_PER_CALM = 10;
const SEED_MAX = 2 ** 32;

await runCommand({
  name: 'crash-rounds',
  help: HELP,
  parse: () => parseCommand(process.argv.slice(2), () => randomInt(SEED_MAX)),
  run: main,
});

async function main(command: Command): Promise<number> {
  const startMs = performance.now();
  say(
    `${command.rounds} rounds of SIGKILL under load, seed ${command.seed}. Again: ${repeatCommand(command)}`,
  );
  const arena = new Arena(command.lifecycle, seededRandom(command.seed));
  const { done, error } = await rounds(arena, command);
  await arena.close();
  if (error === null) arena.world.remove();
  const seconds = (performance.now() - startMs) / 1000;
  const result = { seed: command.seed, lifecycle: command.lifecycle, rounds: done, ...arena.counts };
  say(`${JSON.stringify(result)} in ${seconds.toFixed(0)} s`);
  if (command.json !== undefined) {
    const report = { ...result, passed: error === null, durationMs: Math.round(seconds * 1000), error };
    writeFileSync(command.json, `${JSON.stringify(report, null, 2)}\n`);
  }
  if (error === null) return 0;
  say(`FAILED in round ${done + 1}: ${error}\nlogs, requests and states: ${arena.world.folder}`);
  say(`again: ${repeatCommand(command)}`);
  return EXIT_FAILED;
}

/** How many rounds went well, and what ended them, if anything did. */
async function rounds(
  arena: Arena,
  { rounds, seed }: Command,
): Promise<{ done: number; error: string | null }> {
  // Its own sequence: how many changes the load makes depends on the machine, whom a round kills must not.
  const random = seededRandom(seed + 1);
  let done = 0;
  try {
    await arena.start();
    await settled(arena.world);
    arena.stir();
    for (; done < rounds; done += 1) {
      const victim = await round(arena, done + 1, random);
      if ((done + 1) % ROUNDS_PER_CALM !== 0 && done + 1 < rounds) continue;
      await arena.calm();
      await settled(arena.world);
      say(`round ${done + 1}: killed ${victim} last; state equals inventory ${JSON.stringify(arena.counts)}`);
      arena.stir();
    }
    return { done, error: null };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    await arena.calm();
    await saveEvidence(arena.world, text);
    return { done, error: text };
  }
}
