import { camelCase, LOG_LEVELS, schemaRows, type Flags, type SchemaRow } from '@vrouter/service-kit';
import { Config } from './config.ts';
import { CONFIG_DELIVERY_MODES } from './profiles/contrail/config/config-delivery.ts';
import { PROFILE_NAMES } from './profiles/names.ts';
import { DATA_PLANES } from './dataplane/kinds.ts';
import { DURABILITIES } from './store/open-store.ts';

/** The command line. Defaults are in `Config`, and shown from there. */
export const FLAGS = {
  listen: { value: 'HOST:PORT', help: 'REST API for clients; port 0 takes a free one' },
  'admin-listen': { value: 'HOST:PORT', help: 'state, health and other things for operators' },
  'admin-remote': { help: 'let --admin-listen be reached from other machines' },
  'introspect-listen': {
    value: 'HOST:PORT',
    help:
      'ports as XML, as the real agent shows them; absent: 127.0.0.1:8085 if it is free, a free port where --listen ' +
      'takes one, nowhere with several agents; none: nowhere',
  },
  'tls-cert': {
    value: 'FILE',
    help: 'certificate of the REST API, as PEM: it speaks TLS then; with --tls-key',
  },
  'tls-key': { value: 'FILE', help: 'its key, as PEM' },
  'tls-client-ca': {
    value: 'FILE',
    help: 'only clients with a certificate of this authority, as PEM, may use it',
  },
  'admin-tls-cert': { value: 'FILE', help: 'the same for --admin-listen' },
  'admin-tls-key': { value: 'FILE', help: 'the same for --admin-listen' },
  'admin-tls-client-ca': { value: 'FILE', help: 'the same for --admin-listen' },
  'state-dir': { value: 'DIR', help: 'all that the agent keeps; created when missing' },
  'ports-dir': { value: 'DIR', help: 'one file per port and nothing else; absent: STATE-DIR/ports' },
  profile: { value: 'NAME', help: `which agent to be: ${PROFILE_NAMES.join(', ')}` },
  durability: {
    value: 'NAME',
    help: `how ports are saved before the answer: ${DURABILITIES.join(', ')}; blueprint`,
  },
  dataplane: {
    value: 'NAME',
    help: `what forwards frames: ${DATA_PLANES.join(', ')}; see the guide`,
  },
  'ovs-run-dir': {
    value: 'DIR',
    help: 'where the sockets of Open vSwitch are',
  },
  'bridge-prefix': {
    value: 'TEXT',
    help: "the agent's bridge is this and its name, 15 characters at most",
  },
  'peers-dir': {
    value: 'DIR',
    help: 'where agents tell each other of their ports; one folder for all; absent: STATE-DIR/peers',
  },
  'stale-timeout': {
    value: 'SECONDS',
    help: 'from a sync to the sweep of ports not added since; fractions allowed, 0 sweeps right after the answer',
  },
  name: { value: 'NAME', help: 'name of the agent in the ready file' },
  agents: {
    value: 'N',
    help: 'that many agents, agent-1 and so on, each with the next port and its own folder',
  },
  'listen-template': {
    value: 'TEXT',
    help: 'addresses of agents instead, with i from 0: 127.1.{i/250}.{i%250+1}:9091',
  },
  author: {
    value: 'TEXT',
    help: 'who wrote the port files; absent: the name of the program that the profile has',
  },
  'config-delivery': {
    value: 'MODE',
    help: `whether GET knows ports at once: ${CONFIG_DELIVERY_MODES.join(', ')}; r4.1 and tf`,
  },
  'reload-delay': {
    value: 'SECONDS',
    help: 'how long a started agent serves before it loads its ports; r3.1, r4.1 and tf',
  },
  faults: { value: 'FILE', help: 'faults from the start on, as JSON' },
  seed: { value: 'NUMBER', help: 'of all chance in faults; absent: a random one, which is logged' },
  'ready-file': { value: 'FILE', help: 'written, as JSON, once the agent serves; taken away when it stops' },
  config: { value: 'FILE', help: 'YAML or JSON with the same settings in camelCase, and some more' },
  'log-level': { value: 'LEVEL', help: `${LOG_LEVELS.join(', ')}; JSON lines on standard error` },
  help: { help: 'print this' },
  version: { help: 'print the version' },
} as const satisfies Flags;

/** Every key of the configuration; `seed` has no default that two runs would share. */
export function settingRows(): SchemaRow[] {
  return schemaRows(Config, [{ stateDir: 'required' }]).map((row) => ({
    ...row,
    fallback: row.key === 'seed' ? '' : row.fallback,
  }));
}

/** `flags` with the default of each at the end of its help. */
export function withDefaults(flags: Flags): Flags {
  const fallbacks = new Map(settingRows().map(({ key, fallback }) => [key, fallback.replaceAll('`', '')]));
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => {
      const fallback = flag.value === undefined ? '' : (fallbacks.get(camelCase(name)) ?? '');
      return [name, fallback === '' ? flag : { ...flag, help: `${flag.help} (${fallback})` }];
    }),
  );
}
