// node scripts/run.mjs FILE [ARG ...]        runs a TypeScript file with the project's own Node
// node scripts/run.mjs --bin NAME [ARG ...]  runs a tool of node_modules/.bin from the root
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { bootstrap, nodeBinary, pnpmFolder, root } from './bootstrap.mjs';

try {
  bootstrap();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const PARENT_CHECK_MS = 200;

const [first, ...rest] = process.argv.slice(2);
const isTool = first === '--bin';
const bin = join(root, 'node_modules', '.bin');
const [command, args] = isTool
  ? [join(bin, rest[0]), rest.slice(1)]
  : [nodeBinary, [join(root, first), ...rest]];

const child = spawn(command, args, {
  stdio: 'inherit',
  // File names on the command line are relative to where the user typed it; npm has changed the folder meanwhile.
  cwd: isTool ? root : (process.env.INIT_CWD ?? process.cwd()),
  env: {
    ...process.env,
    // Halves the time that a process takes to start, and the scenarios start hundreds.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'compiled'),
    PATH: [bin, pnpmFolder, process.env.PATH ?? ''].join(delimiter),
    TURBO_TELEMETRY_DISABLED: '1',
  },
});

// A terminal signals the whole group by itself; a supervisor signals only us.
const fromTerminal = process.stdin.isTTY;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (!fromTerminal || signal === 'SIGTERM') child.kill(signal);
  });
}
// npm's shell does not pass signals on: when it is gone, whoever started us wants the child gone.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, PARENT_CHECK_MS);

child.on('error', (error) => {
  console.error(`cannot start ${command}: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
