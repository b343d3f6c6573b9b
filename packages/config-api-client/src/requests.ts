import type { HttpRequest } from './http/exchange.ts';
import type { ObjectType } from './objects/index.ts';
import { checkUuid } from './uuid.ts';

/** Longer queries travel in a body: servers and proxies take some 8 KiB of request line. */
const QUERY_LENGTH_MAX = 4_000;

/** Adds one reference to an object, or takes one away; the others stay as they are. */
export interface ReferenceChange {
  readonly operation: 'ADD' | 'DELETE';
  readonly type: ObjectType;
  readonly uuid: string;
  readonly refType: ObjectType;
  readonly refUuid: string;
  readonly attr?: unknown;
}

/** Which objects, and how much of them. */
export interface ListParameters {
  /** Children of one of these. */
  readonly parentIds?: readonly string[];
  /** Objects that refer to one of these. */
  readonly backRefIds?: readonly string[];
  readonly uuids?: readonly string[];
  /** Fields of children and back references, which detail leaves out; without detail, any fields. */
  readonly fields?: readonly string[];
  readonly isDetail: boolean;
  readonly page?: { readonly marker: string | undefined; readonly limit: number };
}

export function resolveRequest(type: ObjectType, fqName: readonly string[]): HttpRequest {
  return post('/fqname-to-id', { type, fq_name: fqName });
}

export function createRequest(type: ObjectType, object: object): HttpRequest {
  return post(`/${type}s`, { [type]: object });
}

/** `fields`: of children and back references, the only ones to be shown; all when undefined. */
export function readRequest(type: ObjectType, uuid: string, fields?: readonly string[]): HttpRequest {
  const query = new URLSearchParams({ exclude_hrefs: 'true' });
  if (fields !== undefined && fields.length > 0) query.set('fields', fields.join(','));
  if (fields?.length === 0) {
    query.set('exclude_back_refs', 'true');
    query.set('exclude_children', 'true');
  }
  return { method: 'GET', path: `/${type}/${checkUuid(uuid)}?${query.toString()}` };
}

export function updateRequest(type: ObjectType, uuid: string, changes: object): HttpRequest {
  return { method: 'PUT', path: `/${type}/${checkUuid(uuid)}`, body: JSON.stringify({ [type]: changes }) };
}

export function deleteRequest(type: ObjectType, uuid: string): HttpRequest {
  return { method: 'DELETE', path: `/${type}/${checkUuid(uuid)}` };
}

export function referenceRequest(change: ReferenceChange): HttpRequest {
  const { operation, type, uuid, refType, refUuid, attr = null } = change;
  const ids = { uuid: checkUuid(uuid), 'ref-uuid': checkUuid(refUuid) };
  return post('/ref-update', { operation, type, 'ref-type': refType, 'ref-fq-name': null, ...ids, attr });
}

/** A GET, or, when that would be too long, the POST that the server has for the same. */
export function listRequest(type: ObjectType, parameters: ListParameters): HttpRequest {
  const { parentIds, backRefIds, uuids, fields, isDetail, page } = parameters;
  const given: Record<string, string> = { exclude_hrefs: 'true' };
  if (isDetail) given['detail'] = 'true';
  if (fields !== undefined && fields.length > 0) given['fields'] = fields.join(',');
  if (parentIds !== undefined) given['parent_id'] = parentIds.map(checkUuid).join(',');
  if (backRefIds !== undefined) given['back_ref_id'] = backRefIds.map(checkUuid).join(',');
  if (uuids !== undefined) given['obj_uuids'] = uuids.map(checkUuid).join(',');
  if (page !== undefined) {
    given['page_marker'] = page.marker ?? 'None';
    given['page_limit'] = String(page.limit);
  }
  const query = new URLSearchParams(given).toString().replaceAll('%2C', ',');
  if (query.length <= QUERY_LENGTH_MAX) return { method: 'GET', path: `/${type}s?${query}` };
  return post('/list-bulk-collection', { type, ...given });
}

function post(path: string, body: object): HttpRequest {
  return { method: 'POST', path, body: JSON.stringify(body) };
}
