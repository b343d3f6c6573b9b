/**
 * Virtual devices that are no network cards. A VM has a dozen of them for each card; not looking into them spares half
 * the work of a read. A kind that is missing here is looked into, and found to be no card.
 */
const NO_CARDS = new Set([
  'ParaVirtualSCSIController',
  'VirtualAHCIController',
  'VirtualBusLogicController',
  'VirtualCdrom',
  'VirtualDisk',
  'VirtualFloppy',
  'VirtualHdAudioCard',
  'VirtualIDEController',
  'VirtualKeyboard',
  'VirtualLsiLogicController',
  'VirtualLsiLogicSASController',
  'VirtualMachineVMCIDevice',
  'VirtualMachineVMIROM',
  'VirtualMachineVideoCard',
  'VirtualNVDIMM',
  'VirtualNVDIMMController',
  'VirtualNVMEController',
  'VirtualPCIController',
  'VirtualPS2Controller',
  'VirtualParallelPort',
  'VirtualPointingDevice',
  'VirtualPrecisionClock',
  'VirtualSCSIPassthrough',
  'VirtualSIOController',
  'VirtualSerialPort',
  'VirtualTPM',
  'VirtualUSB',
  'VirtualUSBController',
  'VirtualUSBXHCIController',
  'VirtualWDT',
]);

export function isNoCard(type: string | undefined): boolean {
  return type !== undefined && NO_CARDS.has(type);
}
