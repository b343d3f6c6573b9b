import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { StartError } from './errors.ts';

/** Where a server's certificate is; each is a path of a PEM file. */
export interface TlsFiles {
  /** The server's own, and after it those between it and its authority. */
  readonly cert?: string | undefined;
  /** Of the first certificate, without a passphrase. */
  readonly key?: string | undefined;
  /** Clients need a certificate of one of these authorities; absent: anybody may come. */
  readonly clientCa?: string | undefined;
}

/** What a server of `node:tls` takes. */
export interface ServerTls {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
  readonly minVersion: 'TLSv1.2';
}

/** How the settings are called in errors. */
export type TlsKeys = Readonly<Record<keyof TlsFiles, string>>;

/**
 * The settings of a server's TLS; undefined when there are none. Throws `StartError` BAD_CONFIG that names the setting
 * and the file when one is missing, cannot be read, holds something else, or does not fit the others.
 */
export function readServerTls(files: TlsFiles, keys: TlsKeys): ServerTls | undefined {
  const { cert: certFile, key: keyFile, clientCa } = files;
  if (certFile === undefined && keyFile === undefined && clientCa === undefined) return undefined;
  if (certFile === undefined) throw bad(`${keys.cert} is missing: TLS needs a certificate and its key`);
  if (keyFile === undefined) throw bad(`${keys.key} is missing: TLS needs a certificate and its key`);
  const cert = read(certFile, keys.cert);
  const key = read(keyFile, keys.key);
  const certificate = certificateIn(cert, certFile, keys.cert);
  if (!certificate.checkPrivateKey(keyIn(key, keyFile, keys.key))) {
    throw bad(`${keys.key} ${keyFile} is not the key of the certificate in ${keys.cert} ${certFile}`);
  }
  const isForKnown = clientCa !== undefined;
  const ca = isForKnown ? { ca: authorityIn(clientCa, keys.clientCa) } : {};
  return { cert, key, ...ca, requestCert: isForKnown, rejectUnauthorized: isForKnown, minVersion: 'TLSv1.2' };
}

function read(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw bad(`${name} cannot be read: ${(error as Error).message}`, error);
  }
}

function authorityIn(file: string, name: string): string {
  const text = read(file, name);
  certificateIn(text, file, name);
  return text;
}

function certificateIn(text: string, file: string, name: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (error) {
    throw bad(`${name} ${file} holds no certificate in PEM format: ${(error as Error).message}`, error);
  }
}

function keyIn(text: string, file: string, name: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw bad(
      `${name} ${file} holds no private key in PEM format without a passphrase: ${(error as Error).message}`,
      error,
    );
  }
}

function bad(message: string, cause?: unknown): StartError {
  return new StartError('BAD_CONFIG', message, { cause });
}
