import { Validator } from '@seriousme/openapi-schema-validator';
import { afterEach, expect, test } from 'vitest';
import { REST_ROUTES } from '../../../rest/operations.ts';
import { LiveAgent } from '../../../testing/live-agent.ts';
import { REAL_PROFILES, type RealProfile } from '../../../testing/real-profiles.ts';
import { PROFILES } from '../../profiles.ts';
import { PORT, VM, VM_NAME, VMI } from './samples.ts';

interface Schema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly examples?: readonly unknown[];
}
interface Content {
  readonly content: { readonly 'application/json': { readonly schema: Schema } };
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const schemaOf = (part?: Content): Schema | undefined => part?.content['application/json'].schema;
const bodySchema = ({ requestBody }: Operation): Schema | undefined =>
  schemaOf(requestBody)?.oneOf?.[0] ?? schemaOf(requestBody);

let agent: LiveAgent;
afterEach(() => agent.remove());

async function documented(profile: RealProfile): Promise<[string, string, Operation][]> {
  agent = await new LiveAgent({ profile }).start();
  const { paths } = (await agent.admin('/docs/openapi.json')).body as { paths: Paths };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, string, Operation] => [
      method.toUpperCase(),
      path,
      one,
    ]),
  );
}

function filled(path: string, profile: RealProfile): string {
  const vm = profile === 'tf' && path.startsWith('/vm-cfg') ? VM_NAME : VM;
  return path.replace('{id}', VMI).replace('{vmi}', VMI).replace('{vm}', vm);
}

const UNKNOWN = { status: 404, body: { error: 'Unknown Request' } };

for (const profile of REAL_PROFILES) {
  test(`${profile}: the document is valid OpenAPI 3.1`, async () => {
    agent = new LiveAgent({ profile });
    const validator = new Validator();
    const document = await PROFILES[profile].describe('1.2.3');
    expect(await validator.validate(structuredClone({ ...document }))).toEqual({ valid: true });
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  test(`${profile}: what is not in the document is an unknown request`, async () => {
    const known = new Set((await documented(profile)).map(([, , { operationId }]) => operationId));
    for (const { operation, method, path } of REST_ROUTES.filter((row) => !known.has(row.operation)))
      expect(
        await agent.call(method, filled(path.replaceAll(/:(\w+)/g, '{$1}'), profile)),
        operation,
      ).toEqual(UNKNOWN);
  });

  test(`${profile}: a port, its VM and gateways are answered as the document shows`, async () => {
    const operations = await documented(profile);
    await agent.call('POST', '/port', PORT);
    const deletesLast = operations.toSorted(([a], [b]) => Number(a === 'DELETE') - Number(b === 'DELETE'));
    for (const [method, path, one] of deletesLast) {
      const example = bodySchema(one)?.examples?.[0];
      const answer = await agent.call(method, filled(path, profile), example);
      expect([one.operationId, answer.status]).toEqual([one.operationId, 200]);
      const shown = schemaOf(one.responses['200'])?.examples?.[0];
      const keys = (value: unknown): string[] => Object.keys([value].flat()[0] as object);
      expect(keys(answer.body)).toEqual(keys(shown));
    }
  });

  test(`${profile}: failures have the statuses of the document`, async () => {
    for (const [method, path, one] of await documented(profile)) {
      const bodies = one.requestBody === undefined ? [undefined] : ['[', '{}', '[1]'];
      const statuses = new Set<number>();
      for (const body of bodies) statuses.add((await agent.call(method, filled(path, profile), body)).status);
      if (path.includes('{id}')) {
        const nil = path.replace('{id}', '00000000-0000-0000-0000-000000000000');
        statuses.add((await agent.call(method, nil)).status);
        statuses.add((await agent.call(method, path.replace('{id}', 'x'))).status);
      }
      const failures = Object.keys(one.responses).filter((status) => status !== '200');
      for (const status of statuses)
        if (status !== 200) expect(failures, one.operationId).toContain(String(status));
      if (failures.includes('500')) expect(statuses, one.operationId).toContain(500);
    }
  });

  test(`${profile}: the required members of a port are those without which it is refused`, async () => {
    const [, , add] = (await documented(profile)).find(([, , one]) => one.operationId === 'add')!;
    const schema = bodySchema(add);
    expect(schema?.required).toEqual(Object.keys(PORT));
    for (const key of Object.keys(schema?.properties ?? {})) {
      const { status } = await agent.call('POST', '/port', { ...PORT, [key]: undefined });
      expect([key, status]).toEqual([key, schema?.required?.includes(key) === true ? 500 : 200]);
    }
  });
}
