import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { Count, HttpUrl, Milliseconds, Name, Path, Seconds, Text } from '../config-values.ts';
import { TlsSection, tlsWithPaths } from '../tls-section.ts';

const Ipv4 = z.string().refine(isIPv4, { error: 'expected an IPv4 address' }).meta({ title: 'IPv4 address' });

const Subnet = z
  .string()
  .refine(
    (text) => {
      const [address = '', length = '', ...more] = text.split('/');
      return isIPv4(address) && /^\d{1,2}$/.test(length) && Number(length) <= 30 && more.length === 0;
    },
    { error: 'expected a subnet such as 10.0.1.0/24, with a length up to 30' },
  )
  .meta({ title: 'subnet' });

const ConfiguredNetwork = z.strictObject({
  name: Name.describe('Name of the port group.'),
  subnet: Subnet.describe('Subnet of the network, such as `10.0.1.0/24`.'),
  gateway: Ipv4.exactOptional().describe('Default: the first address of the subnet.'),
  pool: z
    .strictObject({ start: Ipv4.describe('First address.'), end: Ipv4.describe('Last address.') })
    .exactOptional()
    .describe('Addresses that may be given to VMs; default: the whole subnet.'),
  addresses: z
    .enum(['api', 'guest'])
    .default('api')
    .describe('`api`: the config API gives each adapter an address. `guest`: the guest has one of its own.'),
});

/** The `configApi` section: the config API server, and in mode vcenter-only what it cannot know itself. */
export const ConfigApiSection = z.strictObject({
  url: HttpUrl.describe('Root of the config API, such as `http://10.0.0.1:8082`.'),
  tls: TlsSection,
  keystone: z
    .strictObject({
      url: HttpUrl.describe('With its version: `http://10.0.0.1:5000/v3` or `http://10.0.0.1:5000/v2.0`.'),
      username: Text.describe('Who asks for tokens.'),
      password: Text.optional().describe(
        'Better in `passwordFile` or the environment (`PLUGIN_CONFIG_API__KEYSTONE__PASSWORD`).',
      ),
      passwordFile: Path.optional().describe('File that holds the password.'),
      project: Text.default('admin').describe('Project, or tenant, to act for.'),
      domain: Text.default('Default').describe('Version 3 only: the domain of user and project.'),
      tls: TlsSection,
    })
    .exactOptional()
    .describe('Absent: the config API wants no token.'),
  timeouts: z
    .strictObject({
      connectMs: Milliseconds.default(2000).describe('For a connection to the config API, milliseconds.'),
      responseMs: Milliseconds.default(30_000).describe('For an answer of the config API, milliseconds.'),
    })
    .prefault({}),
  connections: Count.refine((count) => count > 0, { error: 'expected at least 1' })
    .default(16)
    .describe('Requests under way at a time.'),
  reread: Seconds.default(300).describe('Everything is read again this often, in case others changed it.'),
  networks: z
    .array(ConfiguredNetwork)
    .default([])
    .describe(
      'Mode vcenter-only: the addresses of networks. One that is not here has those of its IP pool in vCenter; without one it keeps what the API has for it.',
    ),
});

export type ConfigApiConfig = z.output<typeof ConfigApiSection>;
export type ConfiguredNetwork = z.output<typeof ConfiguredNetwork>;

/** File names relative to the configuration's folder, made absolute. */
export function withResolvedPaths(config: ConfigApiConfig, at: (path: string) => string): ConfigApiConfig {
  const { keystone } = config;
  if (keystone === undefined) return { ...config, tls: tlsWithPaths(config.tls, at) };
  const { passwordFile } = keystone;
  return {
    ...config,
    tls: tlsWithPaths(config.tls, at),
    keystone: {
      ...keystone,
      ...(passwordFile !== undefined && { passwordFile: at(passwordFile) }),
      tls: tlsWithPaths(keystone.tls, at),
    },
  };
}
