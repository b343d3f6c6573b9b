import type { FastifyRequest } from 'fastify';
import type { ConfigApi } from '../config-api.ts';
import { hrefOf } from '../http/hrefs.ts';
import type { StoredObject } from '../model/stored-object.ts';
import type { TypeName } from '../model/types.ts';
import type { Answer } from './door.ts';
import { readListQuery } from './list-query.ts';

/**
 * A list. Detail shows all but children and back references; `fields` names further ones. Without detail there are
 * uuid, fq_name, href and `fields`.
 */
export function answerList(
  api: ConfigApi,
  type: TypeName,
  given: Readonly<Record<string, unknown>>,
  request: FastifyRequest,
): Answer {
  const { selection, isCount, isDetail, fields, withHrefs } = readListQuery(api.state, type, given);
  const { objects, marker } = api.list(type, selection);
  const paged = selection.page === undefined ? {} : { marker: marker ?? null };
  if (isCount) return { json: { [`${type}s`]: { count: objects.length }, ...paged } };

  const wanted = new Set(fields);
  const extent = {
    shows: (field: string) => wanted.has(field),
    href: withHrefs ? hrefOf(request) : undefined,
  };
  const brief = (object: StoredObject): object => {
    const { uuid, fqName } = object;
    const shown = fields.length === 0 ? {} : pick(api.show(object, extent), wanted);
    return { ...shown, uuid, fq_name: fqName, ...(withHrefs && { href: extent.href?.(type, uuid) }) };
  };
  const rows = objects.map((object) => (isDetail ? { [type]: api.show(object, extent) } : brief(object)));
  return { json: { [`${type}s`]: rows, ...paged } };
}

function pick(shown: Readonly<Record<string, unknown>>, fields: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(shown).filter(([field]) => fields.has(field)));
}
