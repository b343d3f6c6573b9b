// Builds the vCenter simulator ahead of the tests and prints where it is.
import { buildVcenterSim } from './build.ts';

try {
  process.stdout.write(`${await buildVcenterSim()}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
