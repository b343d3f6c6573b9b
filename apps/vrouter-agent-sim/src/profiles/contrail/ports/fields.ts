import type { Json, JsonObject } from '../json/parse.ts';
import { readUuid } from '../values/uuid.ts';

/** The request is refused with `message`, which is part of the answer. */
export class Refused extends Error {}

/** The members of a request, each refused in the words of R4.0 and later when it is missing or of another type. */
export class Fields {
  readonly #members: JsonObject;

  constructor(members: JsonObject) {
    this.#members = members;
  }

  string(name: string): string {
    return stringOf(this.#members.get(name)) ?? this.#refuse('field', name);
  }

  uuid(name: string): string {
    return readUuid(stringOf(this.#members.get(name)) ?? this.#refuse('data', name));
  }

  int(name: string): number {
    return this.optionalInt(name) ?? this.#refuse('field', name);
  }

  optionalInt(name: string): number | undefined {
    const value = this.#members.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  optionalString(name: string): string {
    return stringOf(this.#members.get(name)) ?? '';
  }

  #refuse(kind: 'field' | 'data', name: string): never {
    throw new Refused(`Invalid or missing ${kind} for <${name}>`);
  }
}

/** A string as C++ takes it: up to the first NUL. */
export function stringOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value.split('\0', 1)[0] : undefined;
}
