import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GOPATH, SIMULATOR_SOURCES, vcenterSimAvailable } from './availability.ts';
import { withBuildLock } from './build-lock.ts';
import { VcenterSimError } from './errors.ts';

const run = promisify(execFile);
const SOURCES = fileURLToPath(new URL('../../simx/', import.meta.url));
const CACHE = fileURLToPath(new URL('../../../../.cache/vcenter-sim/', import.meta.url));
/** A cold build takes half a minute on two idle cores. */
export const BUILD_TIME_MS_MAX = 300_000;

/**
 * The path of the simulator's program, built if need be. The name carries a hash of all that goes in, so a change
 * of our main, of Go or of the library means a new build, and a binary is never half written.
 */
export async function buildVcenterSim(): Promise<string> {
  const availability = vcenterSimAvailable();
  if (!availability.available) {
    throw new VcenterSimError('UNAVAILABLE', `${availability.reason}; to get it: ${availability.remedy}`);
  }
  const program = join(CACHE, `simx-${await hashOfInputs()}`);
  if (await exists(program)) return program;
  await mkdir(CACHE, { recursive: true });
  await withBuildLock(`${program}.lock.db`, BUILD_TIME_MS_MAX, async () => {
    if (!(await exists(program))) await compile(program);
  });
  return program;
}

async function compile(program: string): Promise<void> {
  const unfinished = `${program}.${randomUUID()}`;
  const env = { ...process.env, GO111MODULE: 'off', GOPATH, GOFLAGS: '-trimpath' };
  try {
    await run('go', ['build', '-ldflags=-s -w', '-o', unfinished, '.'], {
      cwd: SOURCES,
      env: process.env.HOME === undefined ? { ...env, GOCACHE: join(CACHE, 'go') } : env,
      timeout: BUILD_TIME_MS_MAX,
    });
    await rename(unfinished, program);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new VcenterSimError('NOT_BUILT', `go build failed: ${String(error)}`, { cause: error });
  }
}

async function hashOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  hash.update((await run('go', ['version'])).stdout);
  for (const folder of [SOURCES, SIMULATOR_SOURCES]) {
    for (const name of (await readdir(folder)).filter((name) => name.endsWith('.go')).sort()) {
      hash.update(name).update(await readFile(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
