import type { Page } from './answers.ts';
import { expected } from './expected.ts';
import type { Failure, Listed, NoAnswer, Unavailable } from './outcome.ts';
import type { ListParameters } from './requests.ts';

/** Which objects of a type to list. All conditions hold together. */
export interface ListQuery {
  /** Children of one of these. */
  readonly parentIds?: readonly string[];
  /** Objects that refer to one of these. */
  readonly backRefIds?: readonly string[];
  readonly uuids?: readonly string[];
  /** Fields of children and back references to be shown; a list leaves them out unless they are named. */
  readonly fields?: readonly string[];
  /** Objects per request. Default 500. */
  readonly pageLength?: number;
}

const PAGE_LENGTH = 500;
/** Uuids per request, when objects are asked for by uuid or by what they refer to. */
const UUIDS_MAX = 500;
/** More than any installation has; a server that never ends must not fill the memory. */
const OBJECTS_MAX = 2_000_000;

type FetchPage<T> = (parameters: Omit<ListParameters, 'isDetail'>) => Promise<Page<T> | Failure>;

/**
 * Reads a list to its end: in pages where a whole type or a parent is asked for, in portions of uuids else. All of it,
 * or a failure; what is created or deleted meanwhile may be in it or not.
 */
export async function readList<T extends { readonly uuid: string }>(
  query: ListQuery,
  fetchPage: FetchPage<T>,
): Promise<Listed<T> | NoAnswer> {
  const found = new Map<string, T>();
  for (const portion of portions(query)) {
    let marker: string | undefined;
    do {
      const { page: asked } = portion;
      const page = expected(
        await fetchPage(asked === undefined ? portion : { ...portion, page: { ...asked, marker } }),
        ['page'],
      );
      if (page.kind !== 'page') return page;
      for (const object of page.objects) found.set(object.uuid, object);
      if (found.size > OBJECTS_MAX) return endless(`more than ${OBJECTS_MAX} objects`);
      if (page.marker !== undefined && page.marker === marker)
        return endless(`the page of ${marker} again and again`);
      marker = asked === undefined ? undefined : page.marker;
    } while (marker !== undefined);
  }
  return { kind: 'listed', objects: [...found.values()] };
}

function portions(query: ListQuery): Omit<ListParameters, 'isDetail'>[] {
  const { pageLength = PAGE_LENGTH, ...rest } = query;
  if (query.uuids !== undefined) return cut(query.uuids).map((uuids) => ({ ...rest, uuids }));
  if (query.backRefIds !== undefined)
    return cut(query.backRefIds).map((backRefIds) => ({ ...rest, backRefIds }));
  return [{ ...rest, page: { marker: undefined, limit: pageLength } }];
}

function cut(uuids: readonly string[]): (readonly string[])[] {
  const count = Math.ceil(uuids.length / UUIDS_MAX);
  return Array.from({ length: count }, (_, index) => uuids.slice(index * UUIDS_MAX, (index + 1) * UUIDS_MAX));
}

function endless(what: string): Unavailable {
  return { kind: 'unavailable', reason: `The server's list does not end: ${what}`, sent: true };
}
