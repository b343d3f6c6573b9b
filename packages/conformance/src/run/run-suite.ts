import { accessSync, constants } from 'node:fs';
import type { Target } from '../agent/agent-under-test.ts';
import type { Check } from '../check.ts';
import { CHECKS } from '../checks/all.ts';
import { ConformanceError } from '../errors.ts';
import type { Config, Means } from '../needs.ts';
import type { ProfileName } from '../profiles.ts';
import { addressOf, type Address, type ClientTls } from '../wire/address.ts';
import { Connection } from '../wire/connection.ts';
import { isSelected } from './select.ts';
import { runCheck } from './run-check.ts';
import type { Result } from './result.ts';

const LIMITS = { connectMsMax: 5_000, responseMsMax: 15_000 };
const SETTLE_MS_MAX = 10_000;

export interface SuiteOptions {
  /** `http://HOST:PORT` of the agent, or `https`. */
  readonly url: string;
  /** For `https`, here and in the other URLs. */
  readonly tls?: ClientTls | undefined;
  readonly profile: ProfileName;
  /** The agent's folder of port files, as this process sees it. */
  readonly portsDir?: string | undefined;
  readonly adminUrl?: string | undefined;
  /** Of the page for operators, like `http://HOST:8085`. */
  readonly introspectUrl?: string | undefined;
  /** The agent's stale timeout. */
  readonly staleTimeoutMs?: number | undefined;
  /** A sync removes the ports of everybody who does not add them again. Default: false. */
  readonly allowSweep?: boolean | undefined;
  /** The ports folder may be away for a moment. Default: false. */
  readonly allowFolderOutage?: boolean | undefined;
  /** So many syncs in a row that 16 bits cannot count them. Default: false. */
  readonly allowManySyncs?: boolean | undefined;
  readonly config?: Config | undefined;
  /** Restarts the agent on the same URL; resolves when it is on its way up. */
  readonly restart?: (() => Promise<void>) | undefined;
  /** Names or facts, `*` for any text; all when empty. */
  readonly only?: readonly string[] | undefined;
  /** How long the agent may take until files follow its answers, and memory a restart. Default: 10 s. */
  readonly settleMsMax?: number | undefined;
  readonly onResult?: ((result: Result) => void) | undefined;
}

/** The checks for `profile`, those that `only` selects. */
export function checksFor(profile: ProfileName, only: readonly string[] = []): readonly Check[] {
  return CHECKS.filter((check) => check.profiles.includes(profile) && isSelected(check, only));
}

/** Runs the suite, one check after another. Throws UNREACHABLE when there is no agent at all. */
export async function runSuite(options: SuiteOptions): Promise<readonly Result[]> {
  const target = targetOf(options);
  const probe = await Connection.open(target.address, LIMITS);
  probe.close();
  const means = meansOf(options);
  const results: Result[] = [];
  for (const check of checksFor(options.profile, options.only)) {
    const result = await runCheck(check, target, means);
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

function targetOf(options: SuiteOptions): Target {
  const {
    url,
    tls,
    profile,
    portsDir,
    adminUrl,
    introspectUrl,
    staleTimeoutMs,
    restart,
    settleMsMax = SETTLE_MS_MAX,
  } = options;
  const limits = { ...LIMITS, settleMsMax };
  const address = rootOf(url, tls);
  return { address, profile, portsDir, adminUrl, introspectUrl, tls, staleTimeoutMs, restart, limits };
}

/** Throws USAGE. */
function rootOf(url: string, tls: ClientTls | undefined): Address {
  const address = addressOf(url, tls);
  if (new URL(url).pathname === '/') return address;
  throw new ConformanceError('USAGE', `expected the root of the agent, got ${JSON.stringify(url)}`);
}

function meansOf(options: SuiteOptions): Means {
  const { profile, portsDir, allowFolderOutage, restart, allowSweep, staleTimeoutMs, config } = options;
  return {
    profile,
    portsDir: portsDir !== undefined,
    canTamper: portsDir !== undefined && isWritable(portsDir),
    folderOutage: allowFolderOutage === true,
    restart: restart !== undefined,
    sweep: allowSweep === true && staleTimeoutMs !== undefined,
    manySyncs: options.allowManySyncs === true,
    config,
    admin: options.adminUrl !== undefined,
    introspect: options.introspectUrl !== undefined,
  };
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
