import type { HostRecord } from '../picture/records.ts';
import { isTrue } from '../xml/element.ts';
import type { Decoder } from './decoder.ts';
import { displayName, oneOf, optionalText } from './values.ts';

const CONNECTIONS = ['connected', 'disconnected', 'notResponding'] as const;

export const host: Decoder<HostRecord> = {
  blank: (ref) => ({ ref, name: '', connection: 'unknown', maintenance: false, parentRef: undefined }),
  properties: {
    name: (value) => ({ name: displayName(value) }),
    parent: (value) => ({ parentRef: optionalText(value) }),
    'runtime.connectionState': (value) => ({ connection: oneOf(CONNECTIONS, value) }),
    'runtime.inMaintenanceMode': (value) => ({ maintenance: isTrue(value) }),
  },
};
