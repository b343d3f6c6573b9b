/**
 * vCenter's SOAP API, as far as we need it.
 *
 * - `watchVcenter` logs in, reads hosts, VMs, port groups and switches, and follows every change.
 * - A picture is complete or it is not shown; losing vCenter never takes anything out of it.
 * - Plain records only: no SOAP and no XML leaves this package.
 */
export { systemClock, type Clock } from './clock.ts';
export { VSPHERE_ERRORS, VsphereError, type VsphereErrorCode } from './errors.ts';
export type {
  AdapterRecord,
  GuestNicRecord,
  HostRecord,
  IpPoolRecord,
  NetworkRecord,
  Picture,
  PlaceRecord,
  PvlanRecord,
  SwitchRecord,
  VlanRecord,
  VmRecord,
} from './picture/records.ts';
export type { Scope } from './collector/scope.ts';
export type { TlsOptions } from './soap/tls.ts';
export type { Watch, WatchListener, WatchOptions, WatchStatus } from './watch/options.ts';
export { watchVcenter } from './watch/watch.ts';
