import { UsageError } from '../command/usage.ts';
import { BENCHES } from './benches.ts';
import { HELP, parseCommand, type Command } from './command-line.ts';
import { runBenches } from './run-benches.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

try {
  process.exitCode = await main(parseCommand(process.argv.slice(2), Object.keys(BENCHES)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`bench: ${error.message}\n\n${HELP}`);
  process.exitCode = EXIT_USAGE;
}

async function main(command: Command): Promise<number> {
  if (command.help) {
    say(HELP);
    return 0;
  }
  if (command.list) {
    for (const [name, { title }] of Object.entries(BENCHES)) say(`${name}  ${title}`);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return (await runBenches(BENCHES, command, say, stop.signal)) ? 0 : EXIT_FAILED;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
