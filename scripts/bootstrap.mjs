// Brings the pinned pnpm and Node through npm, so that a fresh clone needs nothing but Node >= 18 and npm.
// Plain JavaScript: it must run on that older Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nodeBinary = join(root, 'node_modules', 'node', 'bin', 'node');

// The same version as `packageManager` in package.json, which turbo asks for.
const PNPM = '10.34.9';
const LOCK_WAIT_MS_MAX = 300_000;
const tools = join(root, '.tools');
/** Folder of the `pnpm` that turbo calls. */
export const pnpmFolder = join(tools, `pnpm-${PNPM}`, 'node_modules', '.bin');
const stampFile = join(root, 'node_modules', '.bootstrap-stamp');

/** Installs what the lock file pins, once per state of the lock file. Safe when two commands start at the same time. */
export function bootstrap() {
  if (isCurrent()) return;
  mkdirSync(tools, { recursive: true });
  const release = lock(join(tools, 'lock'));
  try {
    if (isCurrent()) return;
    console.error('First run: installing pinned pnpm, Node and dependencies (a few seconds) ...');
    const pnpm = join(tools, `pnpm-${PNPM}`, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
    if (!existsSync(pnpm)) {
      const prefix = join(tools, `pnpm-${PNPM}`);
      run('npm', [
        'install',
        '--prefix',
        prefix,
        '--no-audit',
        '--no-fund',
        '--no-save',
        '--loglevel=error',
        `pnpm@${PNPM}`,
      ]);
    }
    run(process.execPath, [pnpm, 'install', '--frozen-lockfile', '--reporter=append-only']);
    if (!existsSync(nodeBinary))
      throw new Error(
        `after installation there is no Node at ${nodeBinary}; delete node_modules and try again`,
      );
    writeFileSync(stampFile, stamp());
  } finally {
    release();
  }
}

function isCurrent() {
  return existsSync(nodeBinary) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp();
}

/** Hash of all that decides what is installed: the lock file and every manifest of the workspace. */
function stamp() {
  const hash = createHash('sha256');
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'e2e/package.json'];
  for (const folder of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, folder)).sort())
      manifests.push(`${folder}/${name}/package.json`);
  }
  for (const file of manifests) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** A folder as a lock: creating it is atomic everywhere. A lock whose holder is gone is taken over. */
function lock(path) {
  const deadline = Date.now() + LOCK_WAIT_MS_MAX;
  for (;;) {
    try {
      mkdirSync(path);
      writeFileSync(join(path, 'pid'), String(process.pid));
      return () => rmSync(path, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (holderIsGone(path)) rmSync(path, { recursive: true, force: true });
    else if (Date.now() > deadline)
      throw new Error(`another installation holds ${path}; if none is running, delete that folder`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function holderIsGone(path) {
  let pid;
  try {
    pid = Number(readFileSync(join(path, 'pid'), 'utf8'));
  } catch {
    return false; // being created or removed this moment
  }
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Quiet, unless it fails: then everything that the command said. */
function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (result.status === 0) return;
  const why = result.error?.message ?? `exit code ${result.status}`;
  const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  throw new Error(`${said}\n${command} ${args.join(' ')} failed (${why}). Is the npm registry reachable?`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) bootstrap();
