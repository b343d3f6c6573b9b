// npm run vcenter              serves a vCenter with a small inventory, until Ctrl-C
// npm run vcenter -- COMMAND   has an operator do something to it
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { VcenterSimError } from './errors.ts';
import { COMMANDS } from './serve/commands.ts';
import { sendCommand } from './serve/control.ts';
import { serve } from './serve/serve.ts';
import { USUAL_ADDRESS } from './serve/welcome.ts';

function help(): string {
  const rows = Object.entries(COMMANDS).map(([name, { parameters, help }]) => [
    `${name} ${parameters}`,
    help,
  ]);
  rows.unshift(['list', 'hosts, networks, VMs']);
  rows.push(['end-sessions', 'make every client log in again']);
  const width = Math.max(...rows.map(([words = '']) => words.length));
  return `npm run vcenter -- [--listen HOST:PORT] [--inventory FILE] [--ready-file FILE]
npm run vcenter -- [--listen HOST:PORT] COMMAND

Without a command: serves govmomi's vCenter simulator until Ctrl-C.

  --listen HOST:PORT  where vCenter is, or shall be (default ${USUAL_ADDRESS})
  --inventory FILE    what it has, in the format of the plugin's inventory file (default: two hosts, four VMs)
  --ready-file FILE   written when clients may come: {"url","username","password","pid"}

Commands:

${rows.map(([words = '', help = '']) => `  ${words.padEnd(width)}  ${help}`).join('\n')}`;
}

async function main(argv: readonly string[]): Promise<void> {
  const { values, positionals } = commandLine(argv);
  const { listen = USUAL_ADDRESS, inventory, 'ready-file': readyFile } = values;
  if (values.help === true) return say(help());
  if (positionals.length > 0) return say(await sendCommand(listen, positionals));
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stopping.abort());
  }
  await serve({
    listen,
    ...(inventory !== undefined && { inventoryFile: resolve(inventory) }),
    ...(readyFile !== undefined && { readyFile: resolve(readyFile) }),
    say,
    signal: stopping.signal,
  });
}

function commandLine(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        listen: { type: 'string' },
        inventory: { type: 'string' },
        'ready-file': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const [what = ''] = (error as Error).message.split(/\.\s/u);
    throw new VcenterSimError('BAD_USAGE', what, { cause: error });
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`vcenter: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof VcenterSimError && error.code === 'BAD_USAGE' ? 2 : 1;
}
