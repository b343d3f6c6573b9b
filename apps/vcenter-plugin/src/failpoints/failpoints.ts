import { StartError, type Logger } from '@vrouter/service-kit';
import { REQUESTS, type RequestName } from './requests.ts';

/** The variable of the environment that names a failpoint, or says `trace`. */
export const FAILPOINT_VARIABLE = 'VCENTER_PLUGIN_FAILPOINT';
const TRACE = 'trace';
const POINT = /^(?:before|after) (?<request>[^#]+)#[1-9]\d*$/u;

/**
 * Places where a test can end the process as a crash would: before each request, and after each answer that nobody has
 * heard of yet. Between them lies every state in which the outside world can be left. A failpoint is called
 * `before <request>#<n>` or `after <request>#<n>`: the nth time that the process passes there.
 */
export interface Failpoints {
  /** Sends `request`, with a failpoint on either side. */
  around<T>(request: RequestName, send: () => Promise<T>): Promise<T>;
}

const NONE: Failpoints = { around: (_request, send) => send() };

/**
 * As the environment says; by default there are none. `crash` ends the process at once, and does not return. Throws
 * `StartError` for a name that is none: a crash that never comes would pass for one that was survived.
 */
export function openFailpoints(
  env: Readonly<Record<string, string | undefined>>,
  log: Logger,
  crash: () => void = () => process.kill(process.pid, 'SIGKILL'),
): Failpoints {
  const armed = env[FAILPOINT_VARIABLE];
  if (armed === undefined || armed === '') return NONE;
  if (armed !== TRACE && !REQUESTS.includes(POINT.exec(armed)?.groups?.['request'] ?? ''))
    throw new StartError('BAD_CONFIG', unknownPoint(armed));
  const passings = new Map<string, number>();
  const pass = (place: string): void => {
    const passing = (passings.get(place) ?? 0) + 1;
    passings.set(place, passing);
    const failpoint = `${place}#${passing}`;
    if (armed === TRACE) log.info({ failpoint }, 'passed a failpoint');
    else if (armed === failpoint) crash();
  };
  return {
    async around(request, send) {
      pass(`before ${request}`);
      const answer = await send();
      pass(`after ${request}`);
      return answer;
    },
  };
}

function unknownPoint(armed: string): string {
  const form = `${TRACE}, or "before <request>#<n>" or "after <request>#<n>"`;
  return `${FAILPOINT_VARIABLE}: expected ${form}, got ${JSON.stringify(armed)}; requests: ${REQUESTS.join(', ')}`;
}
