import closeWithGrace from 'close-with-grace';

const STOP_MS_MAX = 10_000;
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

export interface StopOptions {
  /** Told once why the process stops; `error` is set when a defect ended it. */
  readonly onStop: (reason: { signal?: string; error?: Error }) => Promise<void>;
  readonly log: (message: string, error?: unknown) => void;
}

/**
 * Runs `onStop` once, at the first stop signal or escaped error, then exits: 0 when asked to stop, 1 otherwise or
 * when stopping takes more than 10 s. Repeats of a signal are ignored: npm and a terminal both pass it on.
 */
export function stopGracefully({ onStop, log }: StopOptions): { stop(): void } {
  let signal: string | undefined;
  const handle = closeWithGrace(
    {
      delay: STOP_MS_MAX,
      skip: [...STOP_SIGNALS],
      logger: { error: (message: unknown, ...rest: unknown[]) => log(String(message), rest[0]) },
    },
    async ({ err }) =>
      onStop({ ...(signal !== undefined && { signal }), ...(err !== undefined && { error: err }) }),
  );
  const stop = (name?: string): void => {
    if (signal !== undefined) return;
    signal = name ?? 'stop';
    handle.close();
  };
  for (const name of STOP_SIGNALS) process.on(name, () => stop(name));
  return { stop };
}
