export { vcenterSimAvailable, vcenterSimMissing, type Availability } from './availability.ts';
export { buildVcenterSim } from './build.ts';
export { VCENTER_SIM_ERRORS, VcenterSimError, type VcenterSimErrorCode } from './errors.ts';
export type {
  SimAdapter,
  SimChange,
  SimHost,
  SimIds,
  SimIpPool,
  SimInventory,
  SimNetwork,
  SimPower,
  SimVlan,
  SimVm,
} from './model.ts';
export * from './proxy/index.ts';
export { startStockVcenter, type StockVcenter } from './stock.ts';
export { startVcenterSim, type VcenterSim, type VcenterSimOptions } from './vcenter-sim.ts';
