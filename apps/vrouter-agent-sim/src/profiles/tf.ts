import { contrailProfile } from './contrail/contrail-profile.ts';
import { modernFormat } from './contrail/files/format.modern.ts';
import { getFormatTf } from './contrail/oper/get-format.ts';
import { refreshOrReplace } from './contrail/ports/add-rules.ts';
import { modernReader } from './contrail/ports/read-port.modern.ts';
import { GATEWAY_ROUTES } from './contrail/rest/gateway-routes.ts';
import { ADD, DELETE, GET, LINK_STATES, SYNC } from './contrail/rest/port-routes.ts';
import { VM_ROUTES_TF } from './contrail/rest/vm-routes.ts';
import { subscriptionsPerInterface } from './contrail/vm/rules.ts';

/** As R4.1, and ports of type 2 are down until they are enabled. */
export const tf = contrailProfile(
  [ADD, SYNC, DELETE, GET, ...LINK_STATES, ...GATEWAY_ROUTES, ...VM_ROUTES_TF],
  {
    title: 'Tungsten Fabric (2024), byte for byte, defects included',
    readPort: modernReader({ hasLinkState: true }),
    add: refreshOrReplace,
    generationsTold: 2 ** 16,
    portFiles: modernFormat({ hasLinkState: true }),
    getFormat: getFormatTf,
    subscriptionRules: subscriptionsPerInterface,
    failures: 'swallowed',
    noticesShortWrites: true,
  },
);
