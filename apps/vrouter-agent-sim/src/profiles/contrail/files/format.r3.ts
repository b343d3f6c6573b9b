import { formatAgentTime, type Port } from '@vrouter/port-model';
import { postedOf, type Posted } from '../ports/read-port.r3.ts';
import type { PortFileFormat } from './format.ts';

/** R3.x: one line, glued together from what was posted: nothing is normalised, nothing escaped. */
export const formatR3: PortFileFormat = {
  name: (port) => (postedOf(port) ?? port).id,
  text: (port, _linkState, { author, timeMs }) =>
    // The blank behind `time` is the agent's.
    `${membersR3(postedOf(port) ?? port)}, "author": "${author}", "time ": "${formatAgentTime(timeMs)}"}`,
};

/** The line without its end. */
export function membersR3(port: Port | Posted): string {
  return (
    `{"id": "${port.id}", "instance-id": "${port['instance-id']}", "ip-address": "${port['ip-address']}", ` +
    `"ip6-address": "${port['ip6-address']}", "vn-id": "${port['vn-id']}", ` +
    `"display-name": "${port['display-name']}", "vm-project-id": "${port['vm-project-id']}", ` +
    `"mac-address": "${port['mac-address']}", "system-name": "${port['system-name']}", "type": ${port.type}, ` +
    `"rx-vlan-id": ${port['rx-vlan-id']}, "tx-vlan-id": ${port['tx-vlan-id']}`
  );
}
