import { contrailProfile } from './contrail/contrail-profile.ts';
import { modernFormat } from './contrail/files/format.modern.ts';
import { getFormatR4 } from './contrail/oper/get-format.ts';
import { refreshOrReplace } from './contrail/ports/add-rules.ts';
import { modernReader } from './contrail/ports/read-port.modern.ts';
import { GATEWAY_ROUTES } from './contrail/rest/gateway-routes.ts';
import { ADD, DELETE, GET, SYNC } from './contrail/rest/port-routes.ts';
import { VM_ROUTES_R4 } from './contrail/rest/vm-routes.ts';
import { subscriptionsPerVm } from './contrail/vm/rules.ts';

/** Takes almost anything, reports almost nothing; ports are up as soon as they are added. */
export const r41 = contrailProfile([ADD, SYNC, DELETE, GET, ...GATEWAY_ROUTES, ...VM_ROUTES_R4], {
  title: 'Contrail R4.1, byte for byte, defects included',
  readPort: modernReader({ hasLinkState: false }),
  add: refreshOrReplace,
  generationsTold: 2 ** 16,
  portFiles: modernFormat({ hasLinkState: false }),
  getFormat: getFormatR4,
  subscriptionRules: subscriptionsPerVm,
  failures: 'swallowed',
  noticesShortWrites: false,
});
