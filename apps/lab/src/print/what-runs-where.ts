import type { Lab } from '../lab.ts';
import { columns } from './columns.ts';
import type { Paint } from './paint.ts';

/** What runs where. */
export function whatRunsWhere({ folder, agents, plugin }: Lab, paint: Paint): string[] {
  const [header = '', ...lines] = columns([
    ['', 'pid', 'serves', 'to look at', 'keeps'],
    ...agents.map(({ name, pid, host, url, adminUrl }) => [
      name,
      String(pid),
      `${host} at ${url}`,
      `${adminUrl}/admin/state`,
      `${name}/ports/`,
    ]),
    ['plugin', String(plugin.pid), 'all agents', `${plugin.url}/introspect/agents`, 'plugin/ledger.db'],
    ['vCenter', '', 'the plugin', '', 'inventory.yaml'],
  ]);
  return [
    `The lab runs; its folder is ${folder}`,
    '',
    ...[paint('faint', header), ...lines].map((line) => `  ${line}`),
  ];
}
