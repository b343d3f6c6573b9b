import { NIL_GUID } from '@vrouter/port-model';

const BLANKS = '[ \\t\\n\\v\\f\\r]*';
const UUID = new RegExp(`^${BLANKS}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})`, 'i');

/**
 * The uuid at the beginning of `text`, in lower case, as the real agent reads it: blanks before it and anything
 * behind it do not matter, and what is none becomes the nil uuid.
 */
export function readUuid(text: string): string {
  return UUID.exec(text)?.[1]?.toLowerCase() ?? NIL_GUID;
}
