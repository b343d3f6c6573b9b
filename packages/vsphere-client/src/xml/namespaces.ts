const SCHEMA_INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';
const DECLARATION = 'xmlns:';

/**
 * Knows which prefixes stand for XML Schema's instance namespace, as elements open and close. Nothing else of
 * namespaces matters here, and a parser that resolves all of them takes five times as long.
 */
export class SchemaInstancePrefixes {
  readonly #scopes: { readonly depth: number; readonly prefix: string; readonly bound: boolean }[] = [];

  /** Notes the declarations of an element that opens at this depth. */
  open(depth: number, attributes: Readonly<Record<string, string>>): void {
    for (const name in attributes) {
      if (!name.startsWith(DECLARATION)) continue;
      const bound = attributes[name] === SCHEMA_INSTANCE;
      this.#scopes.push({ depth, prefix: name.slice(DECLARATION.length), bound });
    }
  }

  /** Forgets the declarations of the element that closes at this depth. */
  close(depth: number): void {
    while (this.#scopes.at(-1)?.depth === depth) this.#scopes.pop();
  }

  /** The `xsi:type` among the attributes, whatever the server calls `xsi`, without the prefix of its value. */
  typeIn(attributes: Readonly<Record<string, string>>): string | undefined {
    for (const name in attributes) {
      if (!name.endsWith(':type') || !this.#stands(name.slice(0, -':type'.length))) continue;
      const value = attributes[name] ?? '';
      return value.slice(value.indexOf(':') + 1);
    }
    return undefined;
  }

  #stands(prefix: string): boolean {
    return this.#scopes.findLast((scope) => scope.prefix === prefix)?.bound === true;
  }
}
