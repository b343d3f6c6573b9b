import { getCACertificates } from 'node:tls';
import { ConfigApiClientError } from '../errors.ts';

/** Whom to trust. Without any of these: the authorities that Node and the operating system know. */
export interface TlsOptions {
  /** PEM text: only these authorities. */
  readonly authorityPem?: string;
  /** The name that the certificate must be for, when it is not the one in the URL. */
  readonly serverName?: string;
  /** Trust anybody. For laboratories. */
  readonly insecure?: boolean;
}

export interface TlsSettings {
  readonly ca?: string | string[];
  readonly servername?: string;
  readonly rejectUnauthorized: boolean;
}

/** The settings of one client's connections; nothing here touches the rest of the process. Throws BAD_AUTHORITY. */
export function tlsSettings(options: TlsOptions): TlsSettings {
  if (options.authorityPem?.includes('-----BEGIN CERTIFICATE-----') === false) {
    throw new ConfigApiClientError('BAD_AUTHORITY', 'The certificate authority has no PEM certificate in it');
  }
  const name = options.serverName === undefined ? {} : { servername: options.serverName };
  if (options.insecure === true) return { ...name, rejectUnauthorized: false };
  const ca = options.authorityPem ?? [...getCACertificates('default'), ...getCACertificates('system')];
  return { ...name, ca, rejectUnauthorized: true };
}
