import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartError } from '@vrouter/service-kit';

/**
 * Makes this process the only one on the machine that programs `bridge`, until it calls what this resolves to, or ends in any
 * way: two agents would undo each other's flows for ever. Throws `StartError` BAD_CONFIG when another has it.
 */
export async function claimBridge(runDir: string, bridge: string): Promise<() => void> {
  const hash = createHash('sha256').update(`${runDir}\0${bridge}`).digest('hex');
  const server = createServer((socket) => socket.destroy());
  try {
    server.listen(`\0vrouter-agent-sim/${hash}`); // an abstract socket: the kernel forgets it with its process
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartError(
      'BAD_CONFIG',
      `Another agent on this machine forwards through the bridge ${JSON.stringify(bridge)}: give this one another ` +
        '--name or --bridge-prefix, or stop the other',
      { cause: error },
    );
  }
  server.unref();
  return () => void server.close();
}
