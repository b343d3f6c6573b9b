import { z } from 'zod';
import { common, links, type CommonChanges } from './common.ts';

export const VirtualMachine = z.object({ ...common, virtual_machine_interface_back_refs: links });
export type VirtualMachine = z.infer<typeof VirtualMachine>;
export type VirtualMachineChanges = CommonChanges;
