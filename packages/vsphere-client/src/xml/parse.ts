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

/** What need not be in the tree, so that a large answer never stands in memory as a whole. */
export interface Sieve {
  /** Sees each element as it closes; those for which it returns true are left out. */
  readonly take?: (element: XmlElement) => boolean;
  /** Asked as each element opens: true leaves out all that is in it, unseen. */
  readonly skip?: (name: string, type: string | undefined) => boolean;
}

const NOTHING = (): boolean => false;

/**
 * Reads a document piece by piece. Document types are refused: vCenter never sends one, and an entity could grow without
 * bound.
 */
export function xmlReader({ take = NOTHING, skip = NOTHING }: Sieve = {}): XmlReader {
  const parser = new SaxesParser();
  const prefixes = new SchemaInstancePrefixes();
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  /** How many elements are open inside the one whose inside is left out. */
  let skipped: number | undefined;

  parser.on('error', (error) => {
    throw new VsphereError('BAD_ANSWER', `The answer is not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new VsphereError('BAD_ANSWER', 'The answer has a document type declaration');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (skipped !== undefined) {
      skipped += 1;
      return;
    }
    if (open.length === DEPTH_MAX) {
      throw new VsphereError('BAD_ANSWER', `The answer is nested more than ${DEPTH_MAX} deep`);
    }
    prefixes.open(open.length, attributes);
    const localName = name.slice(name.indexOf(':') + 1);
    const type = prefixes.typeIn(attributes);
    open.push({ name: localName, type, refType: attributes['type'], text: '', children: [] });
    if (skip(localName, type)) skipped = 0;
  });
  const addText = (text: string): void => {
    const current = open.at(-1);
    // Text between elements is only layout.
    if (skipped !== undefined || current === undefined || current.children.length > 0) return;
    current.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (skipped !== undefined && skipped > 0) {
      skipped -= 1;
      return;
    }
    skipped = undefined;
    const closed = open.pop();
    if (closed === undefined) return;
    prefixes.close(open.length);
    closed.text = closed.children.length > 0 ? '' : detached(closed.text);
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

/** V8 copies shorter parts of a string, and lets longer ones point into the whole. */
const COPIED_CHARS_MAX = 12;

/** A text of its own: a record that keeps a part of an answer would keep all of it in memory. */
function detached(text: string): string {
  return text.length <= COPIED_CHARS_MAX ? text : Buffer.from(text).toString();
}

/** A whole document at once. */
export function parseXml(text: string): XmlElement {
  const reader = xmlReader();
  reader.write(text);
  return reader.close();
}
