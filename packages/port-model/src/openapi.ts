import { REST_ERRORS, type RestErrorCode } from './errors.ts';
import { portJsonSchema } from './json-schema.ts';
import { ROUTES, type Operation } from './routes.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: unknown) => ({ 'application/json': { schema } });

const FAILURES: Record<Operation, readonly RestErrorCode[]> = {
  add: ['INVALID_JSON', 'INVALID_PORT', 'BODY_TOO_LARGE', 'NOT_SAVED', 'STOPPING', 'OVERLOADED'],
  delete: ['INVALID_PORT_ID', 'NOT_SAVED', 'STOPPING', 'OVERLOADED'],
  get: ['INVALID_PORT_ID', 'PORT_NOT_FOUND'],
  sync: ['NOT_SAVED', 'STOPPING', 'OVERLOADED'],
  enable: ['INVALID_PORT_ID', 'INCORRECT_PORT_TYPE', 'PORT_NOT_FOUND', 'NOT_SAVED', 'STOPPING', 'OVERLOADED'],
  disable: [
    'INVALID_PORT_ID',
    'INCORRECT_PORT_TYPE',
    'PORT_NOT_FOUND',
    'NOT_SAVED',
    'STOPPING',
    'OVERLOADED',
  ],
};

/** The OpenAPI 3.1 document of the agent's REST API, profile `blueprint`. */
export function openApiDocument(version: string): Record<string, unknown> {
  const { $schema: _dialect, ...port } = portJsonSchema();
  return {
    openapi: '3.1.0',
    info: {
      title: 'vrouter agent',
      version,
      description: 'Port API of a vrouter agent, as vcenter-plugin uses it.',
    },
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
    parameters.push({ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } });
  }
  if (route.method !== 'POST') {
    parameters.push({
      name: 'type',
      in: 'query',
      description: 'Who asks: 2 is vcenter-plugin.',
      schema: { type: 'integer' },
    });
  }
  const isAdd = route.operation === 'add';
  const body = isAdd ? { oneOf: [ref('Port'), { type: 'array', items: ref('Port') }] } : SYNC_BODY;
  return {
    operationId: route.operation,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.method === 'POST' && { requestBody: { required: isAdd, content: json(body) } }),
    responses: { 200: success(route.operation), ...failures(route.operation) },
  };
}

function success(name: Operation): Record<string, unknown> {
  return name === 'get'
    ? { description: 'The port', content: json(ref('Port')) }
    : { description: 'Done, and saved', content: json({ type: 'object', const: {} }) };
}

function failures(name: Operation): Record<string, unknown> {
  const byStatus: Record<string, { description: string; content: unknown }> = {};
  for (const code of FAILURES[name]) {
    const { status, text } = REST_ERRORS[code];
    const before = byStatus[status]?.description;
    byStatus[status] = {
      description: before === undefined ? text : `${before}; or ${text}`,
      content: json(ref('Error')),
    };
  }
  return byStatus;
}

const SYNC_BODY = { type: 'object', properties: { type: { type: 'integer', const: 2 } } };

const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: { type: 'string' },
    details: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'expected', 'got'],
        properties: {
          index: { type: 'integer', description: 'Position in the array, for arrays.' },
          field: { type: 'string' },
          expected: { type: 'string' },
          got: { type: 'string' },
        },
      },
    },
  },
};
