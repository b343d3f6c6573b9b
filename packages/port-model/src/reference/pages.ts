import { portJsonSchema } from './json-schema.ts';
import { openApiDocument } from './openapi.ts';
import { restErrorsPage } from './rest-errors-page.ts';

/** A generated file of the documentation. */
export interface Page {
  /** Relative to `docs/reference/`. */
  readonly path: string;
  readonly content: string;
}

/** The pages that are made from this package; `version` is that of the API. */
export function portModelPages(version: string): Page[] {
  return [
    { path: 'openapi.json', content: jsonText(openApiDocument(version)) },
    { path: 'port.schema.json', content: jsonText(portJsonSchema()) },
    { path: 'rest-errors.md', content: restErrorsPage() },
  ];
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
