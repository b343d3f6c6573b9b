import { z } from 'zod';
import { Path, Switch, Text } from './config-values.ts';
import { readSettingFile } from './setting-file.ts';

/** A `tls` section: whom to trust at an `https` URL. */
export const TlsSection = z
  .strictObject({
    insecure: Switch.default(false).describe('Accept any certificate. For simulators only.'),
    caFile: Path.optional().describe('PEM file of the only CA to trust.'),
    serverName: Text.optional().describe('Name to expect in the certificate instead of the one in the URL.'),
  })
  .prefault({});
type TlsConfig = z.output<typeof TlsSection>;

/** What clients take. */
interface TlsOptions {
  readonly insecure: boolean;
  readonly authorityPem?: string;
  readonly serverName?: string;
}

/** File names relative to the configuration's folder, made absolute. */
export function tlsWithPaths(tls: TlsConfig, at: (path: string) => string): TlsConfig {
  return { ...tls, ...(tls.caFile !== undefined && { caFile: at(tls.caFile) }) };
}

/** What the section called `key` means for clients, its file read. Throws `StartError`. */
export function readTls({ insecure, caFile, serverName }: TlsConfig, key: string): TlsOptions {
  return {
    insecure,
    ...(caFile !== undefined && { authorityPem: readSettingFile(caFile, `${key}.caFile`) }),
    ...(serverName !== undefined && { serverName }),
  };
}
