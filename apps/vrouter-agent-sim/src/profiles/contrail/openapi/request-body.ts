import type { RestOperation } from '../../../rest/operations.ts';
import { isObject, parseJson, type JsonObject } from '../json/parse.ts';
import { Refused } from '../ports/fields.ts';
import type { Release } from '../release.ts';
import type { Route } from '../rest/route.ts';
import { GATEWAY, PORT, SUBSCRIPTION } from './samples.ts';
import { schemaOf } from './schema-of.ts';

type Json = Readonly<Record<string, unknown>>;

/** JSON Schema of what `operation` takes, or undefined where no body is looked at. */
export function requestBodyOf(
  operation: RestOperation,
  routes: readonly Route[],
  release: Release,
): Json | undefined {
  if (operation === 'add') return portOrPorts(routes, release);
  if (operation === 'add-gateway') return schemaOf([GATEWAY]);
  if (operation === 'delete-gateway') return schemaOf([{ interface: GATEWAY.interface }]);
  const { subscriptionRules: rules } = release;
  if (operation !== 'subscribe-vm' || rules === undefined) return undefined;
  return schemaOf(SUBSCRIPTION, requiredOf(SUBSCRIPTION, rules.read));
}

function portOrPorts(routes: readonly Route[], release: Release): Json {
  const sample = {
    ...PORT,
    ...(release.subscriptionRules !== undefined && { 'vhostuser-mode': 0 }), // both since R4.0
    ...(routes.some((route) => route.operation === 'enable') && { 'link-state': 0 }),
  };
  const required = requiredOf(sample, (members) => release.readPort(members, { body: '' }));
  const port = schemaOf(sample, required);
  return { oneOf: [port, { type: 'array', items: port }] };
}

/** The keys without which `read` refuses `sample`. */
function requiredOf(sample: Json, read: (members: JsonObject) => unknown): string[] {
  return Object.keys(sample).filter((key) => {
    const members = parseJson(JSON.stringify({ ...sample, [key]: undefined }));
    try {
      if (members !== undefined && isObject(members)) read(members);
      return false;
    } catch (error) {
      if (error instanceof Refused) return true;
      throw error;
    }
  });
}
