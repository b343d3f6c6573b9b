import type { Adapter, Picture, Vm } from './picture.ts';

/** What a scenario does to vCenter, whatever stands in for vCenter. Every call returns once vCenter has accepted it. */
export interface TestInventory {
  /** The `inventory` section of plugin.yaml. */
  readonly pluginSection: Readonly<Record<string, unknown>>;
  /** What exists now. */
  readonly picture: Picture;
  createVm(vm: Vm): Promise<void>;
  /** Powers it off first when it runs, as vCenter demands. */
  removeVm(name: string): Promise<void>;
  powerOn(name: string): Promise<void>;
  powerOff(name: string): Promise<void>;
  addAdapter(vmName: string, adapter: Adapter): Promise<void>;
  removeAdapter(vmName: string, mac: string): Promise<void>;
  /** vMotion. */
  moveVm(name: string, host: string): Promise<void>;
  close(): Promise<void>;
}

export type InventoryKind = 'file' | 'vsphere';
