import { unescaped } from './unescape.ts';

/** A JSON value as the real agent's reader tells values apart. Objects are maps, so that no key has powers. */
export type Json = null | boolean | string | Int | typeof OTHER_NUMBER | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;
/** Written without fraction and exponent, and within 32 bits. */
export type Int = number;
/** Any number that is no `Int`; nobody wants to know which. */
export const OTHER_NUMBER = Symbol('a number that is no 32-bit integer');

/** The real agent has no limit, and falls over its stack some day. */
const DEPTH_MAX = 1000;
const INT_MIN = -(2 ** 31);
const INT_MAX = 2 ** 31 - 1;

const BLANKS = /[ \t\n\r]*/y;
/** No character below the blank may stand in a string. */
const STRING = /"([ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*)"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORDS: readonly (readonly [RegExp, Json])[] = [
  [/true/y, true],
  [/false/y, false],
  [/null/y, null],
];

/**
 * The value of `text`, a character per byte, or undefined when it is not JSON. Of a key that stands twice in an
 * object the first counts. Platforms differ in both, which is why this one is here.
 */
export function parseJson(text: string): Json | undefined {
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map;
}

class NotJson extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Json {
    const value = this.#value();
    this.#take(BLANKS);
    if (this.#at < this.#text.length) throw new NotJson();
    return value;
  }

  #value(): Json {
    this.#take(BLANKS);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => this.#array());
      case '"':
        return this.#string();
      case undefined:
        return fail();
      default:
        return this.#word();
    }
  }

  #nested<T>(read: () => T): T {
    this.#at += 1;
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new NotJson();
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): JsonObject {
    const members = new Map<string, Json>();
    if (this.#takeOne('}')) return members;
    do {
      this.#take(BLANKS);
      const key = this.#string();
      if (!this.#takeOne(':')) throw new NotJson();
      const value = this.#value();
      if (!members.has(key)) members.set(key, value);
    } while (this.#takeOne(','));
    if (!this.#takeOne('}')) throw new NotJson();
    return members;
  }

  #array(): readonly Json[] {
    const elements: Json[] = [];
    if (this.#takeOne(']')) return elements;
    do elements.push(this.#value());
    while (this.#takeOne(','));
    if (!this.#takeOne(']')) throw new NotJson();
    return elements;
  }

  #string(): string {
    const value = unescaped(this.#take(STRING)?.[1] ?? fail());
    return value ?? fail();
  }

  #word(): Json {
    for (const [word, value] of WORDS) if (this.#take(word) !== undefined) return value;
    const [text, fraction, exponent] = this.#take(NUMBER) ?? fail();
    const value = Number(text);
    if (!Number.isFinite(value)) throw new NotJson();
    const isInt = fraction === undefined && exponent === undefined && value >= INT_MIN && value <= INT_MAX;
    return isInt ? value + 0 : OTHER_NUMBER; // -0 is 0
  }

  /** The `char` that follows after blanks, if it does. */
  #takeOne(char: string): boolean {
    this.#take(BLANKS);
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match !== undefined) this.#at = pattern.lastIndex;
    return match;
  }
}

function fail(): never {
  throw new NotJson();
}
