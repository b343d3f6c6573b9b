import type { Port } from '@vrouter/port-model';
import { isObject, parseJson, type Json } from '../json/parse.ts';
import { Refused } from './fields.ts';
import type { ReadContext, ReadPort } from './read-port.ts';

export type BodyReading =
  | { readonly ok: true; readonly ports: readonly Port[] }
  /** `isArray`: the refusal is about an element of an array. */
  | { readonly ok: false; readonly message: string; readonly isArray: boolean };

/** The ports of a request or a file: an object or an array of them, all or none. */
export function readBody(readPort: ReadPort, context: ReadContext): BodyReading {
  const json = parseJson(context.body.split('\0', 1)[0] ?? '');
  if (json === undefined) return refused(`Invalid Json string ==> ${context.body}`);
  try {
    if (isObject(json)) return { ok: true, ports: [readPort(json, context)] };
    if (!isArray(json)) return refused(`Unexpected Json string ==> ${context.body}`);
    return { ok: true, ports: json.map((element) => readElement(element, readPort, context)) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false, message: error.message, isArray: isArray(json) };
  }
}

function readElement(element: Json, readPort: ReadPort, context: ReadContext): Port {
  if (!isObject(element)) throw new Refused(`Json Array has invalid element ==> ${context.body}`);
  return readPort(element, context);
}

function refused(message: string): BodyReading {
  return { ok: false, message, isArray: false };
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
