import { schemaRows, table } from '@vrouter/service-kit';
import { Config } from '../config.ts';

const AGENTS = [{ name: 'a', url: 'http://127.0.0.1:9091', host: 'h' }];
const SMALLEST = [
  { agents: AGENTS, inventory: { kind: 'file', path: 'inventory.yaml' } },
  {
    agents: AGENTS,
    inventory: { kind: 'file', path: 'inventory.yaml' },
    configApi: {
      url: 'http://127.0.0.1:8082',
      keystone: { url: 'http://127.0.0.1:5000/v3', username: 'u' },
      networks: [{ name: 'n', subnet: '10.0.0.0/24' }],
    },
  },
  {
    agents: AGENTS,
    inventory: { kind: 'vsphere', url: 'https://vcenter.example/sdk', username: 'u', agentVm: {} },
  },
];

/** The page of every key of the plugin's configuration, in Markdown. */
export function configReference(): string {
  const rows = schemaRows(Config, SMALLEST).map(({ key, type, fallback, description }) => [
    `\`${key}\``,
    type,
    fallback,
    description,
  ]);
  return `# Configuration of vcenter-plugin

A YAML or JSON file, given with \`--config\`. Defaults < file < environment < flags. The variable of a key is its name in
capitals after \`PLUGIN_\`, with \`__\` for each level: \`PLUGIN_TIMEOUTS__CONNECT_MS\`. Paths are relative to the file.
Unknown keys are errors. \`check-config\` says what a file means.

${table(['key', 'type', 'default', 'meaning'], rows)}
`;
}
