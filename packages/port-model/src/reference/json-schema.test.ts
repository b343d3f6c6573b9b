import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import ports from '../../vectors/ports.json' with { type: 'json' };
import { parsePort } from '../parse.ts';
import { almostPort, portInput } from '../testing/arbitraries.ts';
import { requestOf } from '../testing/vectors.ts';
import { jsonSchemaOf, portJsonSchema } from './json-schema.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictTypes: false });
addFormats.default(ajv);
const isPort = ajv.compile(portJsonSchema());

test.each(ports.accepted)('the schema accepts: $name', (vector) => {
  expect(isPort(requestOf(ports.base, vector)) || isPort.errors).toBe(true);
});

test.each(ports.refused)('the schema refuses: $name', (vector) => {
  expect(isPort(requestOf(ports.base, vector))).toBe(false);
});

test('schema and parser agree on any JSON', () => {
  fc.assert(
    fc.property(fc.oneof(portInput, almostPort), (input) => {
      const json: unknown = JSON.parse(JSON.stringify(input, noBigInt) ?? 'null');
      expect(isPort(json)).toBe(parsePort(json).ok);
    }),
    { numRuns: 500 },
  );
});

function noBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

test('a schema tells what is read, not what becomes of it, and no schema is made of what has none', () => {
  expect(jsonSchemaOf(z.string().transform(Number))).toEqual({ type: 'string' });
  expect(() => jsonSchemaOf(z.bigint())).toThrow();
  expect(() => jsonSchemaOf(z.date())).toThrow();
});
