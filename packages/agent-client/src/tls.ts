import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { AgentClientError } from './errors.ts';

/** For agents at `https` URLs. Without any of these: the authorities that Node and the operating system know. */
export interface TlsOptions {
  /** PEM text: only these authorities. */
  readonly authorityPem?: string;
  /** The name that the certificate must be for, when it is not the one in the URL. */
  readonly serverName?: string;
  /** Trust anybody. For laboratories. */
  readonly insecure?: boolean;
  /** PEM text of what to show to agents that ask for a certificate, and of its key; both or neither. */
  readonly certificatePem?: string;
  readonly keyPem?: string;
}

/** What `node:tls` takes. */
export interface TlsSettings {
  readonly secureContext: SecureContext;
  readonly servername?: string;
  readonly rejectUnauthorized: boolean;
}

/** Hundreds of authorities are in one, so all clients with the same options share it. */
const contexts = new WeakMap<TlsOptions, SecureContext>();

/** The settings of one client's connections; nothing here touches the rest of the process. Throws BAD_TLS. */
export function tlsSettings(options: TlsOptions): TlsSettings {
  const { serverName, insecure = false } = options;
  const secureContext = contexts.get(options) ?? contextOf(options);
  contexts.set(options, secureContext);
  return {
    secureContext,
    ...(serverName !== undefined && { servername: serverName }),
    rejectUnauthorized: !insecure,
  };
}

/** Throws BAD_TLS when no client could use `options`. */
export function checkTls(options: TlsOptions): void {
  const { authorityPem } = options;
  if (authorityPem !== undefined) read('The certificate authority', () => new X509Certificate(authorityPem));
  ownCertificate(options);
}

function contextOf(options: TlsOptions): SecureContext {
  checkTls(options);
  const { authorityPem, insecure } = options;
  const own = ownCertificate(options);
  if (insecure === true) return createSecureContext(own);
  const ca = authorityPem ?? [...getCACertificates('default'), ...getCACertificates('system')];
  return createSecureContext({ ...own, ca });
}

function ownCertificate({ certificatePem: cert, keyPem }: TlsOptions): { cert?: string; key?: string } {
  if (cert === undefined && keyPem === undefined) return {};
  if (cert === undefined || keyPem === undefined)
    throw new AgentClientError('BAD_TLS', 'A certificate and its key go together; one of them is missing');
  const certificate = read('The certificate', () => new X509Certificate(cert));
  const key = read('The key', () => createPrivateKey(keyPem));
  if (!certificate.checkPrivateKey(key))
    throw new AgentClientError('BAD_TLS', 'The key is not that of the certificate');
  return { cert, key: keyPem };
}

function read<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new AgentClientError('BAD_TLS', `${what} cannot be used: ${(error as Error).message}`);
  }
}
