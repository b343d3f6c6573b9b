import { SaxesParser } from 'saxes';
import { VsphereError } from '../errors.ts';
import type { XmlElement } from './element.ts';
import { SchemaInstancePrefixes } from './namespaces.ts';

const DEPTH_MAX = 64;

interface OpenElement {
  name: string;
  type: string | undefined;
  refType: string | undefined;
  text: string;
  children: XmlElement[];
}

export interface XmlReader {
  /** Throws `BAD_ANSWER` at the first character that is not well-formed XML. */
  write(chunk: string): void;
  /** The root element. Throws `BAD_ANSWER` when the document is incomplete. */
  close(): XmlElement;
}

/**
 * Reads a document piece by piece. `take` is called with each element as it closes; those for which it returns true
 * are left out of the tree, so that a large answer never stands in memory as a whole. Document types are refused:
 * vCenter never sends one, and an entity could grow without bound.
 */
export function xmlReader(take: (element: XmlElement) => boolean = () => false): XmlReader {
  const parser = new SaxesParser();
  const prefixes = new SchemaInstancePrefixes();
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;

  parser.on('error', (error) => {
    throw new VsphereError('BAD_ANSWER', `The answer is not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new VsphereError('BAD_ANSWER', 'The answer has a document type declaration');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length === DEPTH_MAX) {
      throw new VsphereError('BAD_ANSWER', `The answer is nested more than ${DEPTH_MAX} deep`);
    }
    prefixes.open(open.length, attributes);
    open.push({
      name: name.slice(name.indexOf(':') + 1),
      type: prefixes.typeIn(attributes),
      refType: attributes['type'],
      text: '',
      children: [],
    });
  });
  const addText = (text: string): void => {
    const current = open.at(-1);
    // Text between elements is only layout.
    if (current !== undefined && current.children.length === 0) current.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    prefixes.close(open.length);
    if (closed.children.length > 0) closed.text = '';
    const parent = open.at(-1);
    if (parent === undefined) root = closed;
    else if (!take(closed)) parent.children.push(closed);
  });

  return {
    write: (chunk) => void parser.write(chunk),
    close() {
      parser.close();
      if (root === undefined) throw new VsphereError('BAD_ANSWER', 'The answer is empty');
      return root;
    },
  };
}

/** A whole document at once. */
export function parseXml(text: string): XmlElement {
  const reader = xmlReader();
  reader.write(text);
  return reader.close();
}
