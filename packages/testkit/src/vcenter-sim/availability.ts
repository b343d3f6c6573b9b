import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { VcenterSimError } from './errors.ts';

/** Where Debian's package puts the library. */
export const GOPATH = '/usr/share/gocode';
export const SIMULATOR_SOURCES = join(GOPATH, 'src/github.com/vmware/govmomi/simulator');

export type Availability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: string; readonly remedy: string };

/** Can the vCenter simulator be built on this machine? `environment` is a parameter for the tests of this function. */
export function vcenterSimAvailable(
  environment: { path: string; sources: string } = {
    path: process.env.PATH ?? '',
    sources: SIMULATOR_SOURCES,
  },
): Availability {
  const missing: string[] = [];
  if (!isProgram('go', environment.path)) missing.push('golang-go');
  if (!existsSync(environment.sources)) missing.push('golang-github-vmware-govmomi-dev');
  if (missing.length === 0) return { available: true };
  return {
    available: false,
    reason: `the vCenter simulator needs ${missing.join(' and ')}`,
    remedy: `scripts/system-packages, or apt-get install --no-install-recommends ${missing.join(' ')}`,
  };
}

/**
 * For `test.skipIf(vcenterSimMissing())`: tells on standard output what is left out and which package brings it.
 * With VROUTER_REQUIRE_ALL=1 a missing simulator is an error instead.
 */
export function vcenterSimMissing(availability: Availability = vcenterSimAvailable()): boolean {
  if (availability.available) return false;
  const text = `${availability.reason}; to get it: ${availability.remedy}`;
  if (process.env.VROUTER_REQUIRE_ALL === '1') throw new VcenterSimError('UNAVAILABLE', text);
  process.stdout.write(`SKIPPED vCenter simulator tests: ${text}\n`);
  return true;
}

function isProgram(name: string, path: string): boolean {
  return path.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
