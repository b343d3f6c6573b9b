import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { TOOL_PATH } from './command.ts';

/** Programs, and the Debian packages that bring them. */
const TOOLS = {
  'ovs-vswitchd': 'openvswitch-switch',
  'ovsdb-server': 'openvswitch-common',
  'ovs-vsctl': 'openvswitch-switch',
  'ovs-ofctl': 'openvswitch-common',
  ip: 'iproute2',
  ping: 'iputils-ping',
  nsenter: 'util-linux',
} as const;

let known: { readonly obstacle: string | undefined } | undefined;

/** Why real pings cannot be sent on this machine, and what to do about it; undefined when they can. */
export function dataPlaneObstacle(): string | undefined {
  known ??= { obstacle: missingTools() ?? missingRights() };
  return known.obstacle;
}

/** For `test.skipIf`: tells what is left out. With VROUTER_REQUIRE_ALL=1 it is an error instead. */
export function dataPlaneMissing(): boolean {
  const obstacle = dataPlaneObstacle();
  if (obstacle === undefined) return false;
  if (process.env['VROUTER_REQUIRE_ALL'] === '1') throw new Error(obstacle);
  process.stdout.write(`SKIPPED data plane tests: ${obstacle}\n`);
  return true;
}

/** `path` is a parameter for the tests. */
export function missingTools(path = TOOL_PATH): string | undefined {
  const packages = Object.entries(TOOLS).flatMap(([tool, debian]) => (isProgram(tool, path) ? [] : [debian]));
  if (packages.length === 0) return undefined;
  const names = [...new Set(packages)].join(' ');
  return `the data plane needs ${names}; to get it: scripts/system-packages, or apt-get install --no-install-recommends ${names}`;
}

/** Root in a container may have no say over networks: so this tries. */
function missingRights(): string | undefined {
  const { status } = spawnSync('unshare', ['--net', 'ip', 'link', 'set', 'lo', 'up'], {
    env: { ...process.env, PATH: TOOL_PATH },
    stdio: 'ignore',
  });
  if (status === 0) return undefined;
  return 'the data plane needs network namespaces: run as root, in a container with the capabilities SYS_ADMIN and NET_ADMIN';
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
