/**
 * What each of our processes does the same way.
 *
 * - Configuration: defaults < file < environment < flags; unknown keys are errors that name themselves.
 * - A folder of state belongs to one process at a time; the lock names its holder and dies with it.
 * - A ready file appears, whole, when the process is truly ready.
 * - Stop signals end in order; exit codes: 0 as asked, 2 bad configuration or usage, 1 anything else.
 */
export * from './atomic-file.ts';
export * from './clock.ts';
export * from './config.ts';
export * from './docs/markdown.ts';
export * from './docs/schema-rows.ts';
export * from './errors.ts';
export * from './flags.ts';
export * from './folder-lock.ts';
export * from './listen.ts';
export * from './listen-address.ts';
export * from './logger.ts';
export * from './main-guard.ts';
export * from './make-folders.ts';
export * from './mask-secrets.ts';
export * from './number-setting.ts';
export * from './ready-file.ts';
export * from './stop.ts';
export * from './tls-files.ts';
