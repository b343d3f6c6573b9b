import type { SimInventory, SimVlan } from '../model.ts';
import { hostSpec } from '../world.ts';

type Row = readonly string[];

interface Table {
  readonly head: Row;
  readonly rows: readonly Row[];
}

/** The inventory as a person reads it: one line per host, network and adapter. */
export function listing(inventory: Required<SimInventory>): string {
  return tables(inventory)
    .map(({ head, rows }) => aligned([head, ...rows]))
    .join('\n\n');
}

/** The lines of the listing that are new, and those that are gone. */
export function changedLines(before: Required<SimInventory>, after: Required<SimInventory>): string {
  const rowsOf = (inventory: Required<SimInventory>): readonly Row[] =>
    tables(inventory).flatMap(({ rows }) => rows);
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const missingIn = (rows: readonly Row[]) => {
    const there = new Set(rows.map((row) => row.join('\t')));
    return (row: Row): boolean => !there.has(row.join('\t'));
  };
  const gone = old.filter(missingIn(now)).map((row) => ['-', ...row]);
  const fresh = now.filter(missingIn(old)).map((row) => ['+', ...row]);
  return aligned([...gone, ...fresh]);
}

function tables({ hosts, networks, vms }: Required<SimInventory>): readonly Table[] {
  return [
    { head: ['HOST', 'STATE'], rows: hosts.map((host) => hostRow(hostSpec(host))) },
    { head: ['NETWORK', 'VLAN'], rows: networks.map(({ name, vlan }) => [name, vlanText(vlan)]) },
    { head: ['VM', 'HOST', 'POWER', 'NETWORK', 'MAC', 'ADDRESS'], rows: vms.flatMap(vmRows) },
  ];
}

function hostRow({ name, maintenance, connected }: ReturnType<typeof hostSpec>): Row {
  const reached = connected === false ? 'not responding' : 'connected';
  return [name, maintenance === true ? `${reached}, in maintenance` : reached];
}

function vlanText(vlan: SimVlan): string {
  if ('trunk' in vlan) return `trunk ${vlan.trunk.map(({ start, end }) => `${start}-${end}`).join(', ')}`;
  return vlan.primary === vlan.isolated ? String(vlan.primary) : `${vlan.primary}/${vlan.isolated}`;
}

function vmRows({ name, host, power = 'off', adapters }: Required<SimInventory>['vms'][number]): Row[] {
  const vm = [name, host, power];
  if (adapters.length === 0) return [vm];
  return adapters.map(({ network, mac = 'no MAC yet', ip = [], connected }) => [
    ...vm,
    network,
    mac,
    `${[ip].flat().join(' ')}${connected === false ? ' (disconnected)' : ''}`,
  ]);
}

function aligned(rows: readonly Row[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
