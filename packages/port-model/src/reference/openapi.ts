import { OPERATION_ERRORS, REST_ERRORS } from '../errors.ts';
import { ARRAY_LENGTH_MAX, ROUTES, type Operation } from '../routes.ts';
import { Guid } from '../values.ts';
import { ERROR_SCHEMA } from './error-schema.ts';
import { jsonSchemaOf, portJsonSchema } from './json-schema.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ 'application/json': { schema } });

/** The OpenAPI 3.1 document of the agent's REST API, profile `blueprint`. */
export function openApiDocument(version: string): Record<string, unknown> {
  const { $schema: _dialect, ...port } = portJsonSchema();
  return {
    openapi: '3.1.0',
    info: {
      title: 'vrouter agent',
      version,
      description: 'Port API of a vrouter agent, as vcenter-plugin uses it.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:9091' }],
    paths: paths(),
    components: { schemas: { Port: port, Error: ERROR_SCHEMA } },
  };
}

function paths(): Record<string, Record<string, unknown>> {
  const result: Record<string, Record<string, unknown>> = {};
  for (const route of ROUTES) {
    const path = route.path.replace(':id', '{id}');
    result[path] = { ...result[path], [route.method.toLowerCase()]: operation(route) };
  }
  return result;
}

function operation(route: (typeof ROUTES)[number]): Record<string, unknown> {
  const parameters: unknown[] = [];
  if (route.path.includes(':id')) {
    parameters.push({ name: 'id', in: 'path', required: true, schema: jsonSchemaOf(Guid) });
  }
  if (route.method !== 'POST') parameters.push(WHO_ASKS);
  return {
    operationId: route.operation,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.method === 'POST' && { requestBody: requestBody(route.operation) }),
    responses: { 200: success(route.operation), ...failures(route.operation) },
  };
}

function requestBody(name: Operation): Record<string, unknown> {
  if (name !== 'add') {
    return {
      description: 'Who asks: 2 is vcenter-plugin. Anything else, and nothing, is fine too.',
      required: false,
      content: json({ type: 'object', properties: { type: { type: 'integer', examples: [2] } } }),
    };
  }
  const array = { type: 'array', items: ref('Port') };
  return {
    description: `One port, or an array of them: all or none. Send at most ${ARRAY_LENGTH_MAX}.`,
    required: true,
    content: json({ oneOf: [ref('Port'), array] }),
  };
}

function success(name: Operation): Record<string, unknown> {
  return name === 'get'
    ? { description: 'The port', content: json(ref('Port')) }
    : { description: 'Done, and saved', content: json({ type: 'object', maxProperties: 0 }) };
}

function failures(name: Operation): Record<string, unknown> {
  const byStatus: Record<string, { description: string; content: unknown }> = {};
  for (const code of OPERATION_ERRORS[name]) {
    const { status, text } = REST_ERRORS[code];
    const before = byStatus[status]?.description;
    byStatus[status] = {
      description: before === undefined ? text : `${before}; or: ${text}`,
      content: json(ref('Error')),
    };
  }
  return byStatus;
}

const WHO_ASKS = {
  name: 'type',
  in: 'query',
  description: 'Who asks: 2 is vcenter-plugin.',
  schema: { type: 'integer' },
};
