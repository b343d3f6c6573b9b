import { ADD_BEHAVIOURS } from './add.ts';
import { FILE_BEHAVIOURS } from './files.ts';
import { GATEWAY_VM_BEHAVIOURS, GUARANTEES, INTROSPECT_BEHAVIOURS, ROBUSTNESS_BEHAVIOURS } from './more.ts';
import { PORT_BEHAVIOURS } from './ports.ts';
import { SWEEP_BEHAVIOURS } from './sweep.ts';
import { TRANSPORT_BEHAVIOURS } from './transport.ts';

/** Every behaviour under its name. Numbers are names: they never change, and need not be consecutive. */
export const SECTIONS = {
  'Transport and routing': TRANSPORT_BEHAVIOURS,
  'Adding ports': ADD_BEHAVIOURS,
  'Ports that are there': PORT_BEHAVIOURS,
  'Sync and sweep': SWEEP_BEHAVIOURS,
  'Files and restarts': FILE_BEHAVIOURS,
  'Gateways and subscriptions': GATEWAY_VM_BEHAVIOURS,
  'The page for operators': INTROSPECT_BEHAVIOURS,
  Robustness: ROBUSTNESS_BEHAVIOURS,
  'Guarantees of the blueprint’s agent': GUARANTEES,
} as const;

type Sections = typeof SECTIONS;
export type BehaviourId = { [Section in keyof Sections]: keyof Sections[Section] }[keyof Sections];

/** The text of a behaviour. */
export function behaviour(id: BehaviourId): string {
  for (const section of Object.values(SECTIONS)) {
    if (id in section) return (section as Readonly<Record<string, string>>)[id] ?? '';
  }
  return '';
}
