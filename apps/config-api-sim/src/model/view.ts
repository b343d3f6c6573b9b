import { shownIdPerms } from './permissions.ts';
import type { State } from './state.ts';
import type { Reference, StoredObject } from './stored-object.ts';
import {
  backRefsField,
  childrenField,
  childTypes,
  refsField,
  referringTypes,
  type TypeName,
} from './types.ts';

type Href = (type: TypeName, uuid: string) => string;

/** How much of an object is shown. */
export interface Extent {
  /** Shows this field of children or back references; the other fields are always shown. */
  readonly shows: (field: string) => boolean;
  /** Undefined leaves out all addresses. */
  readonly href: Href | undefined;
}

type Shown = Record<string, unknown>;

/** `object` as clients see it. */
export function view(state: State, object: StoredObject, { shows, href }: Extent): Shown {
  const { type, uuid, fqName, parent, properties, refs } = object;
  const linkTo = (target: StoredObject, attr?: { attr: unknown }): Shown => ({
    to: target.fqName,
    uuid: target.uuid,
    ...attr,
    ...(href !== undefined && { href: href(target.type, target.uuid) }),
  });
  const shown: Shown = { uuid, name: fqName.at(-1), fq_name: fqName, ...properties };
  if (href !== undefined) shown['href'] = href(type, uuid);
  shown['id_perms'] = shownIdPerms(object);
  if (parent !== null) {
    Object.assign(shown, { parent_type: parent.type, parent_uuid: parent.uuid });
    if (href !== undefined) shown['parent_href'] = href(parent.type, parent.uuid);
  }
  for (const [target, list] of Object.entries(refs) as [TypeName, readonly Reference[]][]) {
    shown[refsField(target)] = list.flatMap(({ uuid, attr }) => {
      const found = state.graph.get(uuid);
      return found === undefined ? [] : [linkTo(found, { attr })];
    });
  }
  showOthers(
    referringTypes(type),
    backRefsField,
    () => state.graph.referrersOf(uuid),
    (referrer) => linkTo(referrer, { attr: attrOf(referrer, object) }),
  );
  showOthers(
    childTypes(type),
    childrenField,
    () => state.graph.childrenOf(uuid),
    (child) => linkTo(child),
  );
  return shown;

  function showOthers(
    types: readonly TypeName[],
    field: (type: TypeName) => string,
    read: () => readonly StoredObject[],
    link: (other: StoredObject) => Shown,
  ): void {
    const wanted = types.filter((other) => shows(field(other)));
    if (wanted.length === 0) return;
    const others = read();
    for (const other of wanted) {
      const links = others.filter((one) => one.type === other).map(link);
      if (links.length > 0) shown[field(other)] = links;
    }
  }
}

function attrOf(referrer: StoredObject, target: StoredObject): unknown {
  return referrer.refs[target.type]?.find(({ uuid }) => uuid === target.uuid)?.attr ?? null;
}
