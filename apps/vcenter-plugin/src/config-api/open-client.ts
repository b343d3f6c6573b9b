import {
  ConfigApiClientError,
  createConfigApiClient,
  type ConfigApiClient,
  type KeystoneOptions,
} from '@vrouter/config-api-client';
import { StartError, systemClock, type Clock } from '@vrouter/service-kit';
import { readPasswordFile } from '../setting-file.ts';
import { readTls } from '../tls-section.ts';
import type { ConfigApiConfig } from './config-section.ts';

/** The client that the configuration describes. Nothing is sent before its first use. Throws `StartError`. */
export function openConfigApi(config: ConfigApiConfig, clock: Clock): ConfigApiClient {
  const { url, tls, keystone, timeouts, connections } = config;
  try {
    return createConfigApiClient({
      url,
      tls: readTls(tls, 'configApi.tls'),
      ...(keystone !== undefined && { keystone: keystoneOptions(keystone) }),
      clock,
      connectTimeoutMs: timeouts.connectMs,
      responseTimeoutMs: timeouts.responseMs,
      connections,
    });
  } catch (error) {
    if (!(error instanceof ConfigApiClientError)) throw error;
    throw new StartError('BAD_CONFIG', `configApi: ${error.message}`, { cause: error });
  }
}

/** Throws `StartError` when the section cannot be used: files that cannot be read, addresses that are none. */
export function checkConfigApi(config: ConfigApiConfig): void {
  void openConfigApi(config, systemClock).close();
}

function keystoneOptions(config: NonNullable<ConfigApiConfig['keystone']>): KeystoneOptions {
  const { url, username: user, project, domain, tls } = config;
  const password = keystonePassword(config);
  return { url, user, password, project, domain, tls: readTls(tls, 'configApi.keystone.tls') };
}

function keystonePassword({ password, passwordFile }: NonNullable<ConfigApiConfig['keystone']>): string {
  if (password !== undefined) return password;
  if (passwordFile === undefined)
    throw new StartError('BAD_CONFIG', 'configApi.keystone: expected password or passwordFile, got neither');
  return readPasswordFile(passwordFile, 'configApi.keystone.passwordFile');
}
