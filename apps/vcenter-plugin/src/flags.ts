import type { Flags } from '@vrouter/service-kit';

export const COMMANDS = {
  run: "keep the agents' ports equal to the inventory (default)",
  'check-config': 'read the configuration and the inventory file, say what they mean, change nothing',
  'import-config':
    "print the configuration that the original plugin's properties file means (import-config FILE)",
  status: 'ask a running plugin how its agents are',
} as const;

export const FLAGS: Flags = {
  config: { value: 'FILE', help: 'configuration, YAML or JSON' },
  'ready-file': { value: 'FILE', help: 'written when the inventory was read and every agent was tried' },
  'state-dir': { value: 'DIR', help: 'folder of the ledger (overrides stateDir)' },
  listen: { value: 'HOST:PORT', help: 'health and introspection (overrides listen)' },
  'log-level': { value: 'LEVEL', help: 'trace, debug, info, warn, error, fatal or silent' },
  live: {
    help: 'check-config: read the inventory once, from vCenter too, ask the config API, and say what is there',
  },
  map: {
    value: 'FILE',
    help: 'import-config: lines HOST:IPV4 (default: ESXiToVRouterIp.map beside FILE, if it is there)',
  },
  url: { value: 'URL', help: 'status: the plugin to ask (default: from listen)' },
  help: { help: 'print this' },
  version: { help: 'print the version' },
};
