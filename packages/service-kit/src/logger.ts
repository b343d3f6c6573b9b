import { destination, pino, type Logger } from 'pino';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines on standard error; standard output stays free for what a command answers. Secrets are masked. */
export function createLogger(name: string, level: LogLevel): Logger {
  return pino(
    {
      name,
      level,
      redact: { paths: ['password', '*.password', 'headers.cookie', 'headers.authorization'], censor: '***' },
    },
    destination({ dest: 2, sync: true }),
  );
}
