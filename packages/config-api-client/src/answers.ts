import type { z } from 'zod';
import { badAnswer, classifyAnswer } from './classify.ts';
import type { HttpAnswer } from './http/exchange.ts';
import { isRecord, parseObject } from './json.ts';
import { OBJECT_TYPES, type ObjectOf, type ObjectType } from './objects/index.ts';
import type { Created, Done, Failure, Found, Resolved, Unavailable } from './outcome.ts';

const SUCCESSES: ReadonlySet<number> = new Set([200, 201, 202]);

/** One object of a list, as far as it is named. */
export interface Brief {
  readonly uuid: string;
  readonly fqName: readonly string[];
}

export interface Page<T> {
  readonly kind: 'page';
  readonly objects: readonly T[];
  /** Where the next page begins; undefined at the end, and from servers that know no pages. */
  readonly marker: string | undefined;
}

/** A change that answers nothing of use. */
export function readDone({ status, text }: HttpAnswer): Done | Failure {
  return SUCCESSES.has(status) || status === 204 ? { kind: 'done' } : classifyAnswer(status, text);
}

export function readUuid({ status, text }: HttpAnswer): Resolved | Failure {
  if (status !== 200) return classifyAnswer(status, text);
  const uuid = parseObject(text)?.['uuid'];
  return typeof uuid === 'string' ? { kind: 'resolved', uuid } : badAnswer(status, text);
}

export function readCreated(type: ObjectType, { status, text }: HttpAnswer): Created | Failure {
  if (!SUCCESSES.has(status)) return classifyAnswer(status, text);
  const object = parseObject(text)?.[type];
  const uuid = isRecord(object) ? object['uuid'] : undefined;
  return typeof uuid === 'string' ? { kind: 'created', uuid } : badAnswer(status, text);
}

export function readFound<T extends ObjectType>(type: T, answer: HttpAnswer): Found<ObjectOf<T>> | Failure {
  const { status, text } = answer;
  if (status !== 200) return classifyAnswer(status, text);
  const object = parseObject(text)?.[type];
  if (object === undefined) return badAnswer(status, text);
  const decoded = decode(type, object);
  return decoded.ok ? { kind: 'found', object: decoded.object } : misshapen(type, decoded);
}

/** A list with detail: every object whole, or a failure. */
export function readPage<T extends ObjectType>(type: T, answer: HttpAnswer): Page<ObjectOf<T>> | Failure {
  return readRows(type, answer, (row) => decode(type, isRecord(row) ? row[type] : undefined));
}

export function readBriefPage(type: ObjectType, answer: HttpAnswer): Page<Brief> | Failure {
  return readRows(type, answer, (row) => {
    const { uuid, fq_name: fqName } = isRecord(row) ? row : {};
    if (typeof uuid === 'string' && isTexts(fqName)) return { ok: true, object: { uuid, fqName } };
    return { ok: false, uuid, why: 'expected uuid and fq_name' };
  });
}

type Decoded<T> = { ok: true; object: T } | { ok: false; uuid: unknown; why: string };

function readRows<T>(
  type: ObjectType,
  { status, text }: HttpAnswer,
  decodeRow: (row: unknown) => Decoded<T>,
): Page<T> | Failure {
  if (status !== 200) {
    const failure = classifyAnswer(status, text);
    // A list that is "not found" is not an empty list.
    return failure.kind === 'not-found' ? badAnswer(status, text) : failure;
  }
  const body = parseObject(text);
  const rows = body?.[`${type}s`];
  if (!Array.isArray(rows)) return badAnswer(status, text);
  const objects: T[] = [];
  for (const row of rows) {
    const decoded = decodeRow(row);
    if (!decoded.ok) return misshapen(type, decoded);
    objects.push(decoded.object);
  }
  const marker = body?.['marker'];
  return { kind: 'page', objects, marker: typeof marker === 'string' ? marker : undefined };
}

function decode<T extends ObjectType>(type: T, value: unknown): Decoded<ObjectOf<T>> {
  const schema = OBJECT_TYPES[type] as unknown as z.ZodType<ObjectOf<T>>;
  const { success, data, error } = schema.safeParse(value);
  if (success) return { ok: true, object: data };
  const [issue] = error.issues;
  const uuid = isRecord(value) ? value['uuid'] : undefined;
  return { ok: false, uuid, why: `${issue?.path.join('.')}: ${issue?.message}` };
}

function misshapen(type: ObjectType, { uuid, why }: { uuid: unknown; why: string }): Unavailable {
  const reason = `The server shows ${type} ${String(uuid)} in an unknown shape: ${why}`;
  return { kind: 'unavailable', reason, sent: true, status: 200 };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
