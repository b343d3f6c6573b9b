import { schemaRows, table } from '@vrouter/service-kit';
import { InventoryFile } from '../inventory/file-schema.ts';

const SMALLEST = {
  hosts: [{ name: 'h' }],
  networks: [{ name: 'n', vlan: { primary: 1, isolated: 1 } }],
  vms: [
    {
      name: 'v',
      id: '502789bb-240a-841f-e24c-1564537218f7',
      host: 'h',
      power: 'on',
      adapters: [{ network: 'n' }],
    },
  ],
};

/** The page of every key of an inventory file, in Markdown. */
export function inventoryFileReference(): string {
  const rows = schemaRows(InventoryFile, [SMALLEST]).map(({ key, type, fallback, description }) => [
    `\`${key}\``,
    type,
    // An absent list is an empty one, whatever the example holds.
    type === 'list' ? '`[]`' : fallback,
    description,
  ]);
  return `# The inventory file

What exists in vCenter, written down: for tests, for the lab, and where there is no vCenter. YAML, or JSON, which large
files must be. It is read again at every change, once it has stayed the same for a tenth of a second. A file that cannot
be used keeps the last good one in force, and \`/readyz\` says why. Unknown keys are errors.

${table(['key', 'type', 'default', 'meaning'], rows)}
`;
}
