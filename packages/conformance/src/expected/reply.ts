/** What an answer must be. Of `text`, `error` and `fields`, at most one is given; without any, any error body will do. */
export interface Reply {
  readonly status: number;
  /** The whole body, byte by byte. */
  readonly text?: string;
  /** Part of the text of `error`. */
  readonly error?: string;
  /** The fields that `details` name, in any order. */
  readonly fields?: readonly FieldProblem[];
}

export interface FieldProblem {
  readonly field: string;
  /** Position of the element, when an array was sent. */
  readonly index?: number;
}

export const DONE: Reply = { status: 200, text: '{}' };

/** An answer of the real agent with exactly this text. */
export function exactError(error: string, status = 500): Reply {
  return { status, text: JSON.stringify({ error }) };
}

/** How the real agent refuses a POST: status 500, the message in braces with blanks. */
export function refusedPost(message: string): Reply {
  return exactError(`{ ${message} }`);
}

/** How the real agent refuses a DELETE or PUT: status 500, the message in braces without blanks. */
export function refusedChange(message: string): Reply {
  return exactError(`{${message}}`);
}

/** How the blueprint's agent refuses fields: 400, each of them named. */
export function badFields(...fields: readonly (string | FieldProblem)[]): Reply {
  return { status: 400, fields: fields.map((field) => (typeof field === 'string' ? { field } : field)) };
}

/** A refusal with the blueprint's shape and any text. */
export function refused(status: number): Reply {
  return { status };
}
