export { cutAnswer } from './cut.ts';
export { emptied } from './empty.ts';
export type { Answer, Call, Fault, Which } from './fault.ts';
export { startFaultProxy, type FaultProxy } from './fault-proxy.ts';
export { hidden } from './hide.ts';
export { paged } from './pages.ts';
export { slowAnswer } from './slow.ts';
export { soapFault } from './soap-fault.ts';
