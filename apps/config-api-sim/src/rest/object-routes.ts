import type { FastifyRequest } from 'fastify';
import type { ConfigApi } from '../config-api.ts';
import { hrefOf } from '../http/hrefs.ts';
import type { TypeName } from '../model/types.ts';
import type { Extent } from '../model/view.ts';
import { objectIn, readJson, requireJson } from './body.ts';
import type { Route } from './door.ts';
import { answerList } from './lists.ts';

/** Create, list, read, update and delete of one type. */
export function objectRoutes(api: ConfigApi, type: TypeName): Route[] {
  const [all, one] = [`/${type}s`, `/${type}/:uuid`];
  return [
    {
      method: 'POST',
      url: all,
      operation: 'create',
      type,
      work: (request) => {
        const object = api.create(type, objectIn(requireJson(request), type));
        const { uuid, fqName, parent } = object;
        request.journal.uuid = uuid;
        const href = hrefOf(request);
        const created = {
          name: fqName.at(-1),
          fq_name: fqName,
          uuid,
          href: href(type, uuid),
          ...(parent !== null && { parent_uuid: parent.uuid, parent_href: href(parent.type, parent.uuid) }),
        };
        return { json: { [type]: created } };
      },
    },
    {
      method: 'GET',
      url: all,
      operation: 'list',
      type,
      work: (request) => answerList(api, type, request.query as Record<string, unknown>, request),
    },
    {
      method: 'GET',
      url: one,
      operation: 'read',
      type,
      work: (request) => ({ json: { [type]: api.read(type, uuidIn(request), extentOf(request)) } }),
    },
    {
      method: 'PUT',
      url: one,
      operation: 'update',
      type,
      work: (request) => {
        const body = readJson(request);
        const changes = body === undefined ? {} : objectIn(body, type);
        if (Object.keys(changes).length === 0) return {};
        const uuid = uuidIn(request);
        api.update(type, uuid, changes);
        return { json: { [type]: { uuid, href: hrefOf(request)(type, uuid) } } };
      },
    },
    {
      method: 'DELETE',
      url: one,
      operation: 'delete',
      type,
      work: (request) => {
        api.delete(type, uuidIn(request));
        return {};
      },
    },
  ];
}

const uuidIn = (request: FastifyRequest): string => (request.params as { uuid: string }).uuid;

/** A read shows children and back references, unless it names its fields or leaves them out. */
function extentOf(request: FastifyRequest): Extent {
  const { fields, ...query } = request.query as Readonly<Record<string, string | undefined>>;
  const named = fields?.split(',');
  const isLeftOut = (field: string): boolean =>
    Object.hasOwn(query, field.endsWith('_back_refs') ? 'exclude_back_refs' : 'exclude_children');
  return {
    shows: (field) => (named === undefined ? !isLeftOut(field) : named.includes(field)),
    href: Object.hasOwn(query, 'exclude_hrefs') ? undefined : hrefOf(request),
  };
}
