import { contrailProfile } from './contrail/contrail-profile.ts';
import { formatR3 } from './contrail/files/format.r3.ts';
import { refresh } from './contrail/ports/add-rules.ts';
import { readPortR3 } from './contrail/ports/read-port.r3.ts';
import { ADD, DELETE_R3, GET_R3, SYNC } from './contrail/rest/port-routes.ts';

/** The first release with this API: strict about ids, words of its own for everything, files as they were posted. */
export const r31 = contrailProfile([ADD, SYNC, DELETE_R3, GET_R3], {
  title: 'Contrail R3.1, byte for byte, defects included',
  readPort: readPortR3,
  add: refresh,
  generationsTold: 2 ** 31,
  portFiles: formatR3,
  getFormat: undefined,
  subscriptionRules: undefined,
  failures: 'told',
  noticesShortWrites: false,
});
