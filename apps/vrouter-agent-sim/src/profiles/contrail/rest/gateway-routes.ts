import { isObject, parseJson, type Json, type JsonObject } from '../json/parse.ts';
import { isArray } from '../ports/read-body.ts';
import { stringOf } from '../ports/fields.ts';
import { parseIpv4 } from '../values/addresses.ts';
import { DONE, refusedChange, refusedPost } from './answers.ts';
import type { Route } from './route.ts';

/** Gateways, from R3.2 on: checked and then forgotten, for nothing else in this API tells of them. */
export const GATEWAY_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/gateway$/,
    operation: 'add-gateway',
    failures: [500],
    handle: ({ body }) => {
      const problem = problemOf(body, missingMember);
      return problem === undefined ? DONE : refusedPost(problem);
    },
  },
  {
    method: 'DELETE',
    path: /^\/gateway$/,
    operation: 'delete-gateway',
    failures: [500],
    // The real agent reports a message that it never wrote.
    handle: ({ body }) => (problemOf(body, missingInterface) === undefined ? DONE : refusedChange('')),
  },
];

function problemOf(body: string, missing: (members: JsonObject) => string | undefined): string | undefined {
  const json = parseJson(body.split('\0', 1)[0] ?? '');
  if (json === undefined) return `Invalid Json string ==> ${body}`;
  if (!isArray(json)) return `Unexpected Json string (not an array) ==> ${body}`;
  for (const element of json) {
    if (!isObject(element)) return `Json Array has invalid element ==> ${body}`;
    const member = missing(element);
    if (member !== undefined)
      return `Json string does not have all required members, ${member} is missing ==> ${body}`;
  }
  return undefined;
}

function missingInterface(members: JsonObject): string | undefined {
  return stringOf(members.get('interface')) === undefined ? 'interface' : undefined;
}

function missingMember(members: JsonObject): string | undefined {
  if (missingInterface(members) !== undefined) return 'interface';
  if (stringOf(members.get('routing-instance')) === undefined) return 'routing-instance';
  for (const name of ['subnets', 'routes']) {
    const list = members.get(name);
    if (list === undefined || !isArray(list)) return name;
    if (!list.every(isSubnet)) return `${name} value`;
  }
  return undefined;
}

function isSubnet(value: Json): boolean {
  if (!isObject(value)) return false;
  const ip = stringOf(value.get('ip-address'));
  return ip !== undefined && parseIpv4(ip) !== undefined && typeof value.get('prefix-len') === 'number';
}
