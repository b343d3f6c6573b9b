import { z } from 'zod';
import { ADMIN_ERRORS } from '../errors.ts';
import { ADMIN_OPERATIONS, type AdminOperation } from './operations.ts';

type Json = Readonly<Record<string, unknown>>;

const JSON_TYPE = 'application/json';
const ERROR = { type: 'object', required: ['error'], properties: { error: { type: 'string' } } };

/** The OpenAPI 3.1 document of the operators' listener, from the table that its reference page is made of. */
export function adminDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, operation] of Object.entries(ADMIN_OPERATIONS)) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'vrouter agent: admin API',
      version,
      description:
        'For operators and tests. In a process with several agents each has its own under /agents/NAME.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }, { url: '/agents/{name}', variables: { name: { default: 'agent-1' } } }],
    paths,
    components: { schemas: { Error: ERROR } },
  };
}

function operationOf(name: string, { tells, query = {}, body }: AdminOperation): Json {
  const parameters = Object.entries(query).map(([key, description]) => ({
    name: key,
    in: 'query',
    description,
    schema: { type: 'string' },
  }));
  return {
    operationId: name.replace(/\W+/g, '-').toLowerCase(),
    summary: tells.split(/(?<=\.) /)[0],
    description: tells,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && {
      requestBody: { required: true, content: { [JSON_TYPE]: { schema: schemaOf(body) } } },
    }),
    responses: {
      200: { description: 'As described.' },
      default: {
        description: Object.values(ADMIN_ERRORS)
          .map(({ status, text }) => `${status}: ${text}.`)
          .join(' '),
        content: { [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

/** Of what clients send; what no schema can say stands in the description. */
function schemaOf(body: z.ZodType): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' });
  return schema;
}
