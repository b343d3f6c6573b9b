import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';

const DIGITS = 8;

/**
 * A seed that every commit has another of, and the same one wherever it is tested: what failed for one who changed
 * the code fails for the next as well. By chance outside a git clone.
 */
export function seedOfCommit(root: string): number {
  try {
    const args = ['rev-parse', `--short=${DIGITS}`, 'HEAD'];
    const hash = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe', timeout: 5000 });
    return Number.parseInt(hash.slice(0, DIGITS), 16);
  } catch {
    return randomInt(2 ** 32);
  }
}
