import type { PortBody } from '../agent/port-body.ts';
import type { ProfileName } from '../profiles.ts';

/** Keys of a port file in their order, without `link-state`, which depends on release and type. */
const ORDER = {
  modern: [
    [
      'id',
      'instance-id',
      'display-name',
      'ip-address',
      'ip6-address',
      'vn-id',
      'vm-project-id',
      'mac-address',
    ],
    ['system-name', 'type', 'rx-vlan-id', 'tx-vlan-id', 'vhostuser-mode'],
  ].flat(),
  'r3.1': [
    [
      'id',
      'instance-id',
      'ip-address',
      'ip6-address',
      'vn-id',
      'display-name',
      'vm-project-id',
      'mac-address',
    ],
    ['system-name', 'type', 'rx-vlan-id', 'tx-vlan-id'],
  ].flat(),
} as const;

/** What `agent` writes at the end of each file. The key of the time has a trailing blank in R3.1. */
export function timeKey(profile: ProfileName): string {
  return profile === 'r3.1' ? 'time ' : 'time';
}

/** Hours since 1970, minutes, seconds, and microseconds unless they are zero. */
export const AGENT_TIME = /^\d{5,}:[0-5]\d:[0-5]\d(\.\d{6})?$/;

/** The keys of the file of a port of this type, in order. */
export function fileKeys(profile: ProfileName, type: number): readonly string[] {
  if (profile === 'r3.1') return [...ORDER['r3.1'], 'author', timeKey(profile)];
  const hasLinkState = profile !== 'r4.1' && type === 2;
  return [...ORDER.modern, ...(hasLinkState ? ['link-state'] : []), 'author', timeKey(profile)];
}

export interface Stamp {
  readonly author: string;
  readonly time: string;
}

/** The file of `port`, byte by byte, when its values are such that no release changes them. */
export function fileText(profile: ProfileName, port: PortBody, linkState: number, stamp: Stamp): string {
  const values: Readonly<Record<string, unknown>> = {
    'vhostuser-mode': 0,
    ...port,
    'link-state': linkState,
    author: stamp.author,
    [timeKey(profile)]: stamp.time,
  };
  const keys = fileKeys(profile, Number(port['type']));
  if (profile === 'r3.1') return oneLine(keys, values);
  return JSON.stringify(Object.fromEntries(keys.map((key) => [key, values[key]])), null, 4);
}

/** What R3.1 answers to GET: the file's line without author and time. */
export function getTextR31(port: PortBody): string {
  return oneLine(ORDER['r3.1'], port);
}

function oneLine(keys: readonly string[], values: Readonly<Record<string, unknown>>): string {
  return `{${keys.map((key) => `"${key}": ${JSON.stringify(values[key])}`).join(', ')}}`;
}
