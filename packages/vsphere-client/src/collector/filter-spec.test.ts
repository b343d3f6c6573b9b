import { expect, test } from 'vitest';
import { childrenNamed, childText, type XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/parse.ts';
import { filterSpec, type Start } from './filter-spec.ts';

// A real vCenter insists on the order of the schema; simulators take any.
const ORDER: Readonly<Record<string, readonly string[]>> = {
  spec: ['propSet', 'objectSet', 'reportMissingObjectsInResults'],
  propSet: ['type', 'all', 'pathSet'],
  objectSet: ['obj', 'skip', 'selectSet'],
  TraversalSpec: ['name', 'type', 'path', 'skip', 'selectSet'],
  selectSet: ['name'],
};

const STARTS: readonly Start[] = [
  { at: { type: 'Folder', value: 'group-d1' }, steps: ['folder'] },
  { at: { type: 'Folder', value: 'group-v9' }, steps: ['vmFolderChild', 'appVm'] },
];

const document = filterSpec(STARTS).replace(
  '<spec>',
  '<spec xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
);

test('children stand in the order of the schema', () => {
  const checked: string[] = [];
  const check = (element: XmlElement): void => {
    const order = ORDER[element.type ?? element.name];
    if (order !== undefined && element.children.length > 0) {
      const positions = element.children.map(({ name }) => order.indexOf(name));
      expect(positions, element.name).toEqual(positions.toSorted((a, b) => a - b));
      expect(positions).not.toContain(-1);
      checked.push(element.type ?? element.name);
    }
    element.children.forEach(check);
  };
  check(parseXml(document));
  expect(new Set(checked)).toEqual(new Set(Object.keys(ORDER)));
});

test('every step of the way is defined, once', () => {
  const steps = childrenNamed(parseXml(document), 'objectSet').flatMap((set) =>
    childrenNamed(set, 'selectSet'),
  );
  const defined = steps.map((step) => childText(step, 'name'));
  const used = steps.flatMap((step) =>
    childrenNamed(step, 'selectSet').map((next) => childText(next, 'name')),
  );
  expect(new Set(defined).size).toBe(defined.length);
  expect(defined).toEqual(expect.arrayContaining(used));
});
