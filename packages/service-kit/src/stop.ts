import closeWithGrace from 'close-with-grace';

const STOP_MS_MAX = 10_000;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface StopOptions {
  /** Told once why the process stops; `error` is set when a defect ended it. */
  readonly onStop: (reason: { signal?: string; error?: Error }) => Promise<void>;
  readonly log: (message: string, error?: unknown) => void;
  /** Stopping takes no longer than this. Default 10000. */
  readonly stopMsMax?: number;
}

/**
 * Runs `onStop` once, at the first stop signal, call of `stop`, or escaped error, then exits: 0 when asked to stop,
 * 1 otherwise, when `onStop` fails, and when stopping takes too long. Repeats of a signal are ignored: npm and a
 * terminal both pass it on.
 */
export function stopGracefully({ onStop, log, stopMsMax = STOP_MS_MAX }: StopOptions): { stop(): void } {
  let asked: string | undefined;
  let isStopping = false;
  const handle = closeWithGrace(
    {
      delay: stopMsMax,
      skip: [...STOP_SIGNALS],
      logger: { error: (message: unknown) => log(...logged(message)) },
    },
    async ({ signal = asked, err }) => {
      isStopping = true;
      if (signal !== undefined) return onStop({ signal });
      const error =
        err === undefined ? new Error('Nobody asked to stop, but nothing is left to do') : asError(err);
      await onStop({ error });
      throw error; // also where nothing escaped, so that the exit code tells
    },
  );
  const stop = (name: string): void => {
    if (isStopping) return;
    asked = name;
    handle.close();
  };
  for (const name of STOP_SIGNALS) process.on(name, () => stop(name));
  return { stop: () => stop('stop') };
}

function logged(message: unknown): [string, unknown?] {
  return message instanceof Error ? [message.message, message] : [String(message)];
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
