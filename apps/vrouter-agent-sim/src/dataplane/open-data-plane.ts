import { join } from 'node:path';
import { StartError } from '@vrouter/service-kit';
import type { Config } from '../config.ts';
import { claimBridge } from './claim-bridge.ts';
import { DataPlane, type DataPlaneOptions } from './data-plane.ts';
import { OvsBridge } from './ovs/bridge.ts';
import { BRIDGE_NAME_LENGTH_MAX } from './ovs/port-names.ts';
import { runTool } from './ovs/run-tool.ts';
import { PeerDirectory } from './peers/peer-directory.ts';

/** The data plane that the configuration asks for; undefined for none. Throws `StartError` BAD_CONFIG. */
export async function openDataPlane(
  config: Config,
  world: Omit<DataPlaneOptions, 'bridge' | 'directory' | 'release'>,
): Promise<DataPlane | undefined> {
  if (config.dataplane === 'none') return undefined;
  const bridge = `${config.bridgePrefix}${config.name}`;
  if (bridge.length > BRIDGE_NAME_LENGTH_MAX) {
    throw new StartError(
      'BAD_CONFIG',
      `bridgePrefix and name together make the bridge ${JSON.stringify(bridge)}: expected at most ${BRIDGE_NAME_LENGTH_MAX} characters`,
    );
  }
  const release = await claimBridge(config.ovsRunDir, bridge);
  const peersDir = config.peersDir ?? join(config.stateDir, 'peers');
  return new DataPlane({
    ...world,
    bridge: new OvsBridge(bridge, config.ovsRunDir, runTool),
    directory: new PeerDirectory(peersDir, config.name),
    release,
  });
}
