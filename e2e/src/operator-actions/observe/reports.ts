/** What vCenter told of one object in one update. */
export interface ReportedObject {
  readonly type: string;
  readonly kind: 'enter' | 'modify' | 'leave';
  readonly paths: readonly string[];
}

const OBJECT = /<objectSet>.*?<\/objectSet>/gsu;
const KIND = /<kind>(enter|modify|leave)<\/kind>/u;
const TYPE = /<obj [^>]*?\btype="(\w+)"/u;
const PATH = /<changeSet>\s*<name>([^<]*)<\/name>/gu;

/** The objects in an answer to WaitForUpdatesEx, but for those in which `ignored` occurs. */
export function objectsIn(answer: string, ignored: string): readonly ReportedObject[] {
  const sets = [...answer.matchAll(OBJECT)].map(([set]) => set).filter((set) => !set.includes(ignored));
  return sets.flatMap((set) => {
    const [kind, type] = [KIND.exec(set)?.[1], TYPE.exec(set)?.[1]];
    if (kind === undefined || type === undefined)
      throw new Error(`not an object update: ${set.slice(0, 500)}`);
    const paths = [...set.matchAll(PATH)].map(([, path = '']) => path);
    return [{ type, kind: kind as ReportedObject['kind'], paths }];
  });
}

/** Stands at the end when the plugin then read everything again. */
export const REREAD = 'everything is read again';

/**
 * One line for all of it: `VirtualMachine: runtime.host; HostSystem leaves`. Objects of a type that come or go with the
 * action change on the way, which says no more.
 */
export function reportsText(objects: readonly ReportedObject[], reread = false): string {
  const types = [...new Set(objects.map(({ type }) => type))].sort();
  const lines = types.flatMap((type) => {
    const own = objects.filter((object) => object.type === type);
    const kinds = new Set(own.map(({ kind }) => kind));
    const paths = [
      ...new Set(own.filter(({ kind }) => kind === 'modify').flatMap(({ paths }) => paths)),
    ].sort();
    return [
      ...(kinds.has('enter') ? [`${type} enters`] : []),
      ...(paths.length > 0 && !kinds.has('enter') ? [`${type}: ${paths.join(', ')}`] : []),
      ...(kinds.has('leave') ? [`${type} leaves`] : []),
    ];
  });
  if (reread) lines.push(REREAD);
  return lines.length === 0 ? 'nothing' : lines.join('; ');
}
