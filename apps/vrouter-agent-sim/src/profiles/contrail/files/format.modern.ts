import { formatAgentTime, PORT_FIELDS, type FileStamp } from '@vrouter/port-model';
import { prettyObject, type Member } from '../json/write.ts';
import type { PortFileFormat } from './format.ts';

const FIELDS = PORT_FIELDS.filter((field) => field !== 'link-state');

/** R4.0 and later: what the table holds, pretty-printed. `hasLinkState`: from R5.0 on, for ports of type 2. */
export function modernFormat({ hasLinkState }: { readonly hasLinkState: boolean }): PortFileFormat {
  return {
    name: (port) => port.id,
    text: (port, linkState, stamp) =>
      prettyObject([
        ...FIELDS.map((field): Member => [field, port[field]]),
        ...(hasLinkState && port.type === 2 ? ([['link-state', linkState]] as const) : []),
        ...stampMembers(stamp),
      ]),
  };
}

export function stampMembers({ author, timeMs }: FileStamp): Member[] {
  return [
    ['author', author],
    ['time', formatAgentTime(timeMs)],
  ];
}
