import { resolve } from 'node:path';
import { helpLines, parseCommandLine, StartError, type Flags } from '@vrouter/service-kit';

export interface Command {
  /** Play the story instead of waiting for the user. */
  readonly demo: boolean;
  /** Absolute; undefined for a temporary folder. */
  readonly stateDir: string | undefined;
  readonly help: boolean;
}

const FLAGS: Flags = {
  demo: { help: 'play the story of a port by itself; exit code 0 only if every step came true' },
  'state-dir': {
    value: 'DIR',
    help: 'keep everything in DIR (default: a temporary folder, removed at the end)',
  },
  help: { help: 'print this' },
};

export const HELP = `npm start [-- flags]

  vCenter's inventory (a file), two agents and the plugin on this machine. Ctrl-C stops all.

${helpLines(FLAGS).join('\n')}
`;

/** Reads the command line. Throws `StartError` BAD_USAGE. */
export function parseCommand(argv: readonly string[]): Command {
  const { values, positionals } = parseCommandLine(FLAGS, argv);
  if (positionals.length > 0) {
    throw new StartError('BAD_USAGE', `expected flags only, got ${JSON.stringify(positionals[0])}`);
  }
  const { demo = false, help = false, stateDir } = values;
  if (stateDir === '') throw new StartError('BAD_USAGE', '--state-dir: expected a folder, got nothing');
  return {
    demo: demo === true,
    stateDir: typeof stateDir === 'string' ? resolve(stateDir) : undefined,
    help: help === true,
  };
}
