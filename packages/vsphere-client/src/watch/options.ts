import type { Clock } from '../clock.ts';
import type { Scope } from '../collector/scope.ts';
import type { TlsOptions } from '../soap/tls.ts';
import type { Picture } from '../picture/records.ts';

export interface WatchOptions {
  /** `https://vcenter.example/sdk` */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Default: everything that the account may see. */
  readonly scope?: Scope;
  readonly tls?: TlsOptions;
  /**
   * Read the IP pools of port groups, too. Nobody reports their changes: they are seen when everything is read again.
   * Default: no.
   */
  readonly ipPools?: boolean;
  /** Everything is read again this often, for what a server forgot to report. Default: 5 minutes. */
  readonly rereadMs?: number;
  /** How long vCenter may hold a poll, and so how late the end of a session is noticed. Default: 20 s. */
  readonly pollSeconds?: number;
  readonly connectTimeoutMs?: number;
  /** Longer answers are refused. Default: 512 MiB. */
  readonly answerBytesMax?: number;
  readonly clock?: Clock;
  /** From 0 to 1, for jitter. */
  readonly random?: () => number;
}

/**
 * - `connecting`: logging in
 * - `reading`: reading everything; the picture is not to be trusted before it ends
 * - `synced`: the picture is complete, and follows
 * - `disconnected`: lost, trying again on its own
 * - `refused`: vCenter does not want us: trying again, slowly
 */
export type WatchStatus =
  | { readonly state: 'connecting' | 'reading' | 'synced' }
  | { readonly state: 'disconnected' | 'refused'; readonly reason: string };

/** Called in order, never after `stop` has resolved. They must not throw. */
export interface WatchListener {
  /** A complete picture: the first, and after every change. Always before the status says `synced`. */
  onPicture(picture: Picture): void;
  onStatus(status: WatchStatus): void;
}

export interface Watch {
  /** Logs out and closes all connections, within about a second. */
  stop(): Promise<void>;
}
