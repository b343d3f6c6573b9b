import { Refusal } from '../errors.ts';
import type { Selection } from '../model/select.ts';
import type { State } from '../model/state.ts';
import { plainText } from '../model/python-text.ts';
import { isTypeName, TYPES, type TypeName } from '../model/types.ts';
import { isUuid } from '../model/uuid.ts';

/** As the real server's `paginate_count`. */
const PAGE_LENGTH = 256;

/** A list as it is asked for, in a query or in the body of /list-bulk-collection. */
export interface ListQuery {
  readonly selection: Selection;
  readonly isCount: boolean;
  readonly isDetail: boolean;
  readonly fields: readonly string[];
  readonly withHrefs: boolean;
}

/** Throws `Refusal` BAD_QUERY, NAME_NOT_FOUND or UNKNOWN_TYPE. */
export function readListQuery(
  state: State,
  type: TypeName,
  given: Readonly<Record<string, unknown>>,
): ListQuery {
  if (given['filters'] !== undefined) {
    throw new Refusal('BAD_QUERY', `Invalid filter ${plainText(given['filters'])}`);
  }
  const parentIds = readParents(state, type, given) ?? list(given['parent_id']);
  const backRefIds = list(given['back_ref_id']);
  const uuids = list(given['obj_uuids']);
  const page = readPage(given);
  return {
    selection: {
      ...(parentIds !== undefined && { parentIds }),
      ...(backRefIds !== undefined && { backRefIds }),
      ...(uuids !== undefined && { uuids }),
      ...(page !== undefined && { page }),
    },
    isCount: isTrue(given['count']),
    isDetail: isTrue(given['detail']),
    fields: list(given['fields']) ?? [],
    withHrefs: given['exclude_hrefs'] === undefined,
  };
}

function readParents(
  state: State,
  type: TypeName,
  { parent_fq_name_str: name, parent_type: parentType }: Readonly<Record<string, unknown>>,
): string[] | undefined {
  if (typeof name !== 'string') return undefined;
  if (parentType !== undefined && !isTypeName(parentType)) {
    throw new Refusal('UNKNOWN_TYPE', `Resource type '${plainText(parentType)}' not found`);
  }
  const types = parentType === undefined ? TYPES[type].parents : [parentType];
  return types.flatMap((one) => state.graph.uuidOf(one, name.split(':')) ?? []);
}

/** Pages begin with the first `page_marker`, which may be empty or "None". */
function readPage({
  page_marker: marker,
  page_limit: limit,
}: Readonly<Record<string, unknown>>): Selection['page'] {
  const pageLength = limit === undefined ? PAGE_LENGTH : Number(limit);
  if (!Number.isInteger(pageLength) || pageLength <= 0) {
    throw new Refusal(
      'BAD_QUERY',
      `Invalid page_limit ${plainText(limit)}: page_limit has to be greater than zero`,
    );
  }
  if (marker === undefined) return undefined;
  const text = plainText(marker);
  if (text === '' || text.toLowerCase() === 'none') return { after: undefined, limit: pageLength };
  const uuid = text.split(':').at(-1);
  if (isUuid(uuid)) return { after: uuid, limit: pageLength };
  throw new Refusal('BAD_QUERY', `Invalid page_marker ${text}: badly formed hexadecimal UUID string`);
}

const isTrue = (value: unknown): boolean => String(value).toLowerCase().includes('true');

const list = (value: unknown): readonly string[] | undefined =>
  typeof value === 'string' ? value.split(',') : undefined;
