import { watchVcenter } from '../src/index.ts';

export interface Target {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** How long it takes, in milliseconds, from nothing to the first whole picture, login and all. */
export async function readOnce(target: Target): Promise<number> {
  const startedAtMs = performance.now();
  const { promise: tookMs, resolve, reject } = Promise.withResolvers<number>();
  const watch = watchVcenter(target, {
    onPicture: () => resolve(performance.now() - startedAtMs),
    onStatus: (status) => {
      if ('reason' in status) reject(new Error(status.reason));
    },
  });
  try {
    return await tookMs;
  } finally {
    await watch.stop();
  }
}
