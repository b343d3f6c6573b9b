import { z } from 'zod';
import { Refusal } from '../errors.ts';
import type { StoredObject } from '../model/stored-object.ts';
import { TYPE_NAMES } from '../model/types.ts';
import { isUuid } from '../model/uuid.ts';

const FORMAT = 'config-api-sim snapshot 1';

const Uuid = z.string().refine(isUuid, 'expected a uuid in lower case');
const TypeName = z.enum(TYPE_NAMES);
const Snapshot = z.strictObject({
  format: z.literal(FORMAT),
  objects: z.array(
    z.strictObject({
      type: TypeName,
      uuid: Uuid,
      fqName: z.array(z.string()).min(1),
      parent: z.strictObject({ type: TypeName, uuid: Uuid }).nullable(),
      properties: z.record(z.string(), z.unknown()),
      refs: z.partialRecord(TypeName, z.array(z.strictObject({ uuid: Uuid, attr: z.unknown() }))),
    }),
  ),
});

export function writeSnapshot(objects: readonly StoredObject[]): object {
  return { format: FORMAT, objects };
}

/** The objects of a snapshot. Throws `Refusal` BAD_BODY naming the first thing that is wrong. */
export function readSnapshot(body: unknown): readonly StoredObject[] {
  const parsed = Snapshot.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal('BAD_BODY', `Not a snapshot: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { objects } = parsed.data as { objects: readonly StoredObject[] };
  const known = new Set(objects.map(({ uuid }) => uuid));
  if (known.size !== objects.length) throw new Refusal('BAD_BODY', 'Not a snapshot: a uuid comes twice');
  const names = new Set(objects.map(({ type, fqName }) => JSON.stringify([type, ...fqName])));
  if (names.size !== objects.length) throw new Refusal('BAD_BODY', 'Not a snapshot: a name comes twice');
  for (const { uuid, parent, refs } of objects) {
    const needed = [
      parent?.uuid ?? uuid,
      ...Object.values(refs).flatMap((list) => list.map((ref) => ref.uuid)),
    ];
    const missing = needed.find((other) => !known.has(other));
    if (missing !== undefined) {
      throw new Refusal('BAD_BODY', `Not a snapshot: ${uuid} needs ${missing}, which is not in it`);
    }
  }
  return objects;
}
