import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { VsphereError } from '../errors.ts';
import { child, childText } from './element.ts';
import { parseXml, xmlReader } from './parse.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

test.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', /document type/],
  ['an unknown entity', '<a>&e;</a>', /not well-formed/],
  ['a tag that is never closed', '<a><b></b>', /not well-formed/],
  ['two roots', '<a/><b/>', /not well-formed/],
  ['no document', '', /not well-formed|empty/],
  ['text that is not XML', 'Service Unavailable', /not well-formed/],
  ['an abyss', '<a>'.repeat(65), /nested more than 64 deep/],
])('refuses %s', (_what, document, message) => {
  expect(() => parseXml(document)).toThrow(message);
  expect(() => parseXml(document)).toThrow(VsphereError);
});

test.each([
  ['xsi', `<val xmlns:xsi="${XSI}" xsi:type="xsd:string" xmlns:xsd="urn:any">v</val>`],
  ['another prefix', `<val xmlns:XMLSchema-instance="${XSI}" XMLSchema-instance:type="string">v</val>`],
])('tells the type of a value by namespace: %s', (_prefix, document) => {
  expect(parseXml(document)).toMatchObject({ type: 'string', refType: undefined, text: 'v' });
});

test.each([
  ['of another namespace', '<val xmlns:xsi="urn:other" xsi:type="string">v</val>'],
  ['whose prefix nobody declared', '<val xsi:type="string">v</val>'],
])('a type attribute %s is not a type', (_what, document) => {
  expect(parseXml(document).type).toBeUndefined();
});

test('a prefix means what the innermost element says, and only there', () => {
  const document =
    `<a xmlns:x="${XSI}"><b xmlns:x="urn:other"><c x:type="T"/></b><d x:type="T"/>` +
    `<e xmlns:y="${XSI}"/><f y:type="T"/></a>`;
  const { children } = parseXml(document);
  expect(children.map(({ name, type }) => [name, type])).toEqual([
    ['b', undefined],
    ['d', 'T'],
    ['e', undefined],
    ['f', undefined],
  ]);
  expect(children[0]?.children[0]?.type).toBeUndefined();
});

test('a reference has its own type beside', () => {
  const document = `<val xmlns:x="${XSI}" type="HostSystem" x:type="ManagedObjectReference">host-1</val>`;
  expect(parseXml(document)).toMatchObject({ type: 'ManagedObjectReference', refType: 'HostSystem' });
});

test('character references and sections become text', () => {
  expect(parseXml('<a>&#34;&amp;&#x4e2d;<![CDATA[<b>]]></a>').text).toBe('"&中<b>');
});

test('layout between elements is no text', () => {
  const root = parseXml('<a>\n  <b>1</b>\n  <c/>\n</a>');
  expect(root.text).toBe('');
  expect(childText(root, 'b')).toBe('1');
  expect(childText(root, 'c')).toBeUndefined();
});

test('what is taken is not in the tree', () => {
  const taken: string[] = [];
  const reader = xmlReader({ take: (element) => element.name === 'b' && taken.push(element.text) > 0 });
  reader.write('<a><b>1</b><c/><b>2</b></a>');
  expect(reader.close().children.map(({ name }) => name)).toEqual(['c']);
  expect(taken).toEqual(['1', '2']);
});

test('pieces of any size give the same document', () => {
  const document = `<a xmlns:x="${XSI}"><b x:type="T">&#34;中😀</b><c><![CDATA[ ]]]]></c><d type="r"/></a>`;
  const whole = parseXml(document);
  fc.assert(
    fc.property(fc.array(fc.nat(document.length)), (cuts) => {
      const reader = xmlReader();
      const edges = [0, ...cuts.sort((a, b) => a - b), document.length];
      edges.slice(1).forEach((end, index) => reader.write(document.slice(edges[index], end)));
      expect(reader.close()).toEqual(whole);
    }),
  );
  expect(child(whole, 'd')?.refType).toBe('r');
});

test('what is skipped is not in the tree, and what follows is', () => {
  const seen: string[] = [];
  const reader = xmlReader({
    skip: (name, type) => name === 'b' && type === 'T',
    take: (element) => seen.push(element.name) < 0,
  });
  reader.write(
    `<a xmlns:x="${XSI}"><b x:type="T">one<c><b x:type="T"><d/></b></c>two</b><b>three</b><e/></a>`,
  );
  const { children } = reader.close();
  expect(children.map(({ name, text, children }) => [name, text, children.length])).toEqual([
    ['b', '', 0],
    ['b', 'three', 0],
    ['e', '', 0],
  ]);
  expect(seen).toEqual(['b', 'b', 'e']);
});

test('skipped elements may be nested as deep as they like, and must still be closed', () => {
  const deep = `<a><s>${'<d>'.repeat(500)}${'</d>'.repeat(500)}</s><b/></a>`;
  const skip = (name: string): boolean => name === 's';
  const reader = xmlReader({ skip });
  reader.write(deep);
  expect(reader.close().children.map(({ name }) => name)).toEqual(['s', 'b']);
  const broken = xmlReader({ skip });
  expect(() => broken.write('<a><s><d></s></a>')).toThrow(/not well-formed/);
});

test('long texts are whole, whatever characters they have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-composite', minLength: 13 }), (text) => {
      const written = text.replaceAll(/[&<>]/gu, (character) => `&#${character.charCodeAt(0)};`);
      expect(parseXml(`<a>${written}</a>`).text).toBe(text);
    }),
  );
});
