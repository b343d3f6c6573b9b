import { runCommand, say } from '../command/run-command.ts';
import { BENCHES } from './benches.ts';
import { HELP, parseCommand, type Command } from './command-line.ts';
import { runBenches } from './run-benches.ts';

const EXIT_FAILED = 1;

await runCommand({
  name: 'bench',
  help: HELP,
  parse: () => parseCommand(process.argv.slice(2), Object.keys(BENCHES)),
  run: main,
});

async function main(command: Command): Promise<number> {
  if (command.list) {
    for (const [name, { title }] of Object.entries(BENCHES)) say(`${name}  ${title}`);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return (await runBenches(BENCHES, command, say, stop.signal)) ? 0 : EXIT_FAILED;
}
