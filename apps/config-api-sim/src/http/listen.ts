import type { AddressInfo } from 'node:net';
import { StartError, urlOf, type Clock, type ListenAddress } from '@vrouter/service-kit';
import type { FastifyInstance } from 'fastify';

export interface Listener {
  readonly url: string;
  /** Accepts nothing more, lets requests in progress end, and cuts what still goes on after `stopMsMax`. */
  stop(): Promise<void>;
}

/** Opens `app` on `address`. Throws `StartError` when the address cannot be had. */
export async function listen(
  app: FastifyInstance,
  address: ListenAddress,
  { clock, stopMsMax }: { readonly clock: Clock; readonly stopMsMax: number },
): Promise<Listener> {
  let isStopping = false;
  app.addHook('onSend', async (_request, reply) => {
    if (isStopping) reply.header('connection', 'close');
  });
  try {
    await app.listen(address);
  } catch (error) {
    throw new StartError(
      'BAD_CONFIG',
      `Cannot listen on ${address.host}:${address.port}: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return {
    url: urlOf(app.server.address() as AddressInfo),
    stop: async () => {
      isStopping = true;
      const cancelCut = clock.schedule(stopMsMax, () => app.server.closeAllConnections());
      await app.close();
      cancelCut();
    },
  };
}
