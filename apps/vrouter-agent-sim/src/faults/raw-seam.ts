import type { Socket } from 'node:net';
import { rawBytes } from '../http/contrail/raw-answer.ts';
import type { Answerer } from '../http/contrail/raw-connection.ts';
import type { HttpSeam } from './seam.ts';
import { socketWire } from './socket-wire.ts';

/** `answerer`, with `seam` taking part in every request of the connection `socket`. */
export function withSeam(answerer: Answerer, socket: Socket, seam: HttpSeam): Answerer {
  return async (request) => {
    if (seam.intercept === undefined) return answerer(request);
    const { method, path, body } = request;
    const seen = { method, path, body, client: socket.remoteAddress ?? '' };
    const perform = async () => {
      const answer = await answerer(request);
      return answer === 'close' || answer === 'taken' ? undefined : answer;
    };
    const answer = await seam.intercept(seen, perform, socketWire(socket, rawBytes));
    if (answer !== undefined) return answer;
    socket.destroySoon(); // also where the agent itself would have closed it without a word
    return 'taken';
  };
}
