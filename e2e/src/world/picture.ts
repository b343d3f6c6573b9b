/**
 * What exists in vCenter at a moment, as the scenario made it: the input of the oracle. Pure changes only; how they
 * reach the plugin is the inventory's business.
 */
export interface Picture {
  readonly hosts: readonly string[];
  readonly networks: readonly Network[];
  readonly vms: readonly Vm[];
}

export interface Network {
  readonly name: string;
  /** vCenter's key, such as `dvportgroup-21`. */
  readonly key: string;
  readonly vlan: { readonly primary: number; readonly isolated: number };
}

export interface Vm {
  readonly name: string;
  /** Instance uuid. */
  readonly id: string;
  readonly host: string;
  readonly on: boolean;
  readonly adapters: readonly Adapter[];
}

export interface Adapter {
  readonly mac: string;
  /** Name of the network. */
  readonly network: string;
  readonly ip?: string;
  /** Default: true. */
  readonly connected?: boolean;
}

/** The VM called `name`; a scenario that names an unknown one is wrong. */
export function vmOf(picture: Picture, name: string): Vm {
  const vm = picture.vms.find((each) => each.name === name);
  if (vm === undefined) throw new Error(`there is no VM ${name} in the inventory of this scenario`);
  return vm;
}

export function withVm(picture: Picture, vm: Vm): Picture {
  return { ...picture, vms: [...picture.vms.filter((each) => each.name !== vm.name), vm] };
}

export function withoutVm(picture: Picture, name: string): Picture {
  vmOf(picture, name);
  return { ...picture, vms: picture.vms.filter((each) => each.name !== name) };
}

export function withPower(picture: Picture, name: string, on: boolean): Picture {
  return withVm(picture, { ...vmOf(picture, name), on });
}

export function withHost(picture: Picture, name: string, host: string): Picture {
  return withVm(picture, { ...vmOf(picture, name), host });
}

export function withAdapter(picture: Picture, name: string, adapter: Adapter): Picture {
  const vm = vmOf(picture, name);
  return withVm(picture, { ...vm, adapters: [...vm.adapters, adapter] });
}

export function withoutAdapter(picture: Picture, name: string, mac: string): Picture {
  const vm = vmOf(picture, name);
  return withVm(picture, { ...vm, adapters: vm.adapters.filter((adapter) => adapter.mac !== mac) });
}

/** The guest has given an adapter another address. */
export function withAddress(picture: Picture, name: string, mac: string, ip: string): Picture {
  const vm = vmOf(picture, name);
  const adapters = vm.adapters.map((adapter) => (adapter.mac === mac ? { ...adapter, ip } : adapter));
  return withVm(picture, { ...vm, adapters });
}
