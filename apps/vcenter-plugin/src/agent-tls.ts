import { AgentClientError, checkTls, type TlsOptions } from '@vrouter/agent-client';
import { StartError } from '@vrouter/service-kit';
import { z } from 'zod';
import { Path, Switch, Text } from './config-values.ts';
import { readSettingFile } from './setting-file.ts';

/** The `agentTls` section: what agents at `https` URLs must show, and what they are shown. */
export const AgentTlsSection = z
  .strictObject({
    insecure: Switch.default(false).describe('Accept any certificate of an agent. For simulators only.'),
    caFile: Path.exactOptional().describe('PEM file of the only CA to trust.'),
    serverName: Text.exactOptional().describe(
      "Name to expect in every agent's certificate instead of the one in its URL.",
    ),
    certFile: Path.exactOptional().describe('PEM file of the certificate for agents that ask for one.'),
    keyFile: Path.exactOptional().describe('PEM file of its key, without a passphrase.'),
  })
  .superRefine(({ certFile, keyFile }, context) => {
    if ((certFile === undefined) === (keyFile === undefined)) return;
    const missing = certFile === undefined ? 'certFile' : 'keyFile';
    context.addIssue({
      code: 'custom',
      path: [missing],
      message: 'expected it, as certFile and keyFile go together',
    });
  });
export type AgentTlsConfig = z.output<typeof AgentTlsSection>;

/** File names relative to the configuration's folder, made absolute. */
export function agentTlsWithPaths(tls: AgentTlsConfig, at: (path: string) => string): AgentTlsConfig {
  const { caFile, certFile, keyFile } = tls;
  return {
    ...tls,
    ...(caFile !== undefined && { caFile: at(caFile) }),
    ...(certFile !== undefined && { certFile: at(certFile) }),
    ...(keyFile !== undefined && { keyFile: at(keyFile) }),
  };
}

/** What the section means for clients, its files read. Throws `StartError` when they cannot be used. */
export function readAgentTls({
  insecure,
  caFile,
  serverName,
  certFile,
  keyFile,
}: AgentTlsConfig): TlsOptions {
  const options: TlsOptions = {
    insecure,
    ...(serverName !== undefined && { serverName }),
    ...(caFile !== undefined && { authorityPem: readSettingFile(caFile, 'agentTls.caFile') }),
    ...(certFile !== undefined && { certificatePem: readSettingFile(certFile, 'agentTls.certFile') }),
    ...(keyFile !== undefined && { keyPem: readSettingFile(keyFile, 'agentTls.keyFile') }),
  };
  try {
    checkTls(options);
  } catch (error) {
    if (!(error instanceof AgentClientError)) throw error;
    throw new StartError('BAD_CONFIG', `agentTls: ${error.message}`, { cause: error });
  }
  return options;
}
