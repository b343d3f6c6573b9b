import type { Logger } from '@vrouter/service-kit';

/** The variable of the environment that names a failpoint, or says `trace`. */
export const FAILPOINT_VARIABLE = 'VCENTER_PLUGIN_FAILPOINT';
const TRACE = 'trace';

/**
 * Places where a test can end the process as a crash would: before each request, and after each answer that nobody has
 * heard of yet. Between them lies every state in which the outside world can be left.
 */
export interface Failpoints {
  /** Sends `request`, with a failpoint on either side: `before <request>`, `after <request>`. */
  around<T>(request: string, send: () => Promise<T>): Promise<T>;
}

const NONE: Failpoints = { around: (_request, send) => send() };

/** As the environment says; by default there are none. `crash` ends the process at once, and does not return. */
export function openFailpoints(
  env: Readonly<Record<string, string | undefined>>,
  log: Logger,
  crash: () => void = () => process.kill(process.pid, 'SIGKILL'),
): Failpoints {
  const armed = env[FAILPOINT_VARIABLE];
  if (armed === undefined || armed === '') return NONE;
  const pass = (name: string): void => {
    if (armed === TRACE) log.info({ failpoint: name }, 'passed a failpoint');
    else if (armed === name) crash();
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
