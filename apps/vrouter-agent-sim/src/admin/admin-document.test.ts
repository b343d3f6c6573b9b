import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { adminDocument } from './admin-document.ts';
import { ADMIN_OPERATIONS } from './operations.ts';

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: Record<string, unknown> } };
  };
}

const document = adminDocument('1.2.3');
const paths = document['paths'] as Record<string, Record<string, Operation>>;

test('the document is valid OpenAPI 3.1 and all its references lead somewhere', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
  expect(() => validator.resolveRefs()).not.toThrow();
});

test('every operation is there, with its query and the keys of its body', () => {
  const names = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(names.toSorted()).toEqual(Object.keys(ADMIN_OPERATIONS).toSorted());
  expect(paths['/admin/requests']?.['get']?.parameters?.map(({ name }) => name)).toEqual(['since', 'format']);
  const keysOf = (path: string, method: string): string[] => {
    const schema = paths[path]?.[method]?.requestBody?.content['application/json'].schema;
    return Object.keys(schema?.['properties'] ?? {});
  };
  expect(keysOf('/admin/config', 'post')).toEqual(['ports', 'delivered', 'config']);
  expect(keysOf('/admin/faults', 'put')).toEqual(['seed', 'rules']);
  expect(keysOf('/admin/snapshot', 'put')).toContain('deadlines');
  expect(keysOf('/admin/clock', 'post').length).toBeGreaterThan(0);
});

test('no two operations have one id', () => {
  const ids = Object.values(paths).flatMap((path) => Object.values(path).map((one) => one.operationId));
  expect(new Set(ids).size).toBe(ids.length);
});
