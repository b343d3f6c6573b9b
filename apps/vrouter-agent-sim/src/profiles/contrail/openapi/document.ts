import { REST_ROUTES } from '../../../rest/operations.ts';
import type { Release } from '../release.ts';
import type { Route } from '../rest/route.ts';
import { exampleAnswer, samplePath } from './example-answer.ts';
import { requestBodyOf } from './request-body.ts';
import { VM_NAME } from './samples.ts';
import { schemaOf } from './schema-of.ts';

type Json = Readonly<Record<string, unknown>>;

const FAILURES = {
  404: 'No such thing, or not configured yet ("{ Not Found }"), or an id that is not in lower case ("Unknown Request")',
  500: 'Refused; the text says why',
} as const;
const UUID = { type: 'string', format: 'uuid', pattern: '^[0-9a-f-]{36}$' };

/** The OpenAPI 3.1 document of the real agent's REST API in a release: routes, statuses, and answers by example. */
export async function contrailDocument(
  routes: readonly Route[],
  release: Release,
  version: string,
): Promise<Json> {
  const paths: Record<string, Json> = {};
  for (const row of REST_ROUTES) {
    const route = routes.find(({ operation }) => operation === row.operation);
    const sample = route && samplePath(route, row.path);
    if (route === undefined || sample === undefined) continue;
    const path = row.path.replaceAll(/:(\w+)/g, '{$1}');
    const body = requestBodyOf(row.operation, routes, release);
    const operation = {
      operationId: row.operation,
      summary: row.summary,
      ...parametersOf(row.path, sample),
      ...(body !== undefined && { requestBody: { required: true, ...content(body) } }),
      responses: {
        200: await success(route, sample, release),
        ...Object.fromEntries(route.failures.map((status) => [status, FAILED[status]])),
      },
    };
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `vrouter agent: ${release.title}`,
      version,
      description: 'Every other request is answered with 404 and {"error": "Unknown Request"}.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:9091' }],
    paths,
    components: { schemas: { Error: schemaOf({ error: '{ Not Found }' }) } },
  };
}

async function success(route: Route, path: string, release: Release): Promise<Json> {
  if (route.method !== 'GET') return { description: 'Done', ...content(schemaOf({})) };
  return { description: 'Found', ...content(schemaOf(await exampleAnswer(route, path, release), [])) };
}

function parametersOf(template: string, sample: string): { readonly parameters?: readonly Json[] } {
  const names = [...template.matchAll(/:(\w+)/g)].map(([, name]) => name);
  if (names.length === 0) return {};
  const byName = sample.endsWith(VM_NAME);
  return {
    parameters: names.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: byName ? { type: 'string', description: 'Name of the VM.', examples: [VM_NAME] } : UUID,
    })),
  };
}

function content(schema: Json): Json {
  return { content: { 'application/json': { schema } } };
}

const FAILED = Object.fromEntries(
  Object.entries(FAILURES).map(([status, description]) => [
    status,
    { description, ...content({ $ref: '#/components/schemas/Error' }) },
  ]),
);
