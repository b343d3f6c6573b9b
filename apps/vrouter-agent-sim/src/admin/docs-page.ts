import { openApiDocument } from '@vrouter/port-model';
import type { FastifyInstance } from 'fastify';

interface Operation {
  readonly summary?: string;
}

/** `GET /docs`: the REST API for people, in one page that needs nothing else; `GET /docs/openapi.json` for programs. */
export function docsRoutes(app: FastifyInstance, version: string): void {
  const document = openApiDocument(version);
  app.get('/docs/openapi.json', async () => document);
  app.get('/docs', async (_request, reply) => reply.type('text/html; charset=utf-8').send(pageOf(document)));
}

function pageOf(document: Record<string, unknown>): string {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const { schemas } = document['components'] as { schemas: Record<string, unknown> };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      section(`${method.toUpperCase()} ${path}`, operation.summary ?? '', operation),
    ),
  );
  const models = Object.entries(schemas).map(([name, schema]) => section(name, '', schema));
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>vrouter agent</title>
<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}summary{cursor:pointer;padding:.3rem 0}
code{font-weight:bold}pre{background:#8881;padding:1rem;overflow:auto;font-size:13px}</style>
<h1>vrouter agent</h1><p>The port API. For programs: <a href="docs/openapi.json">OpenAPI document</a>.</p>
<h2>Operations</h2>${operations.join('\n')}<h2>Models</h2>${models.join('\n')}</html>\n`;
}

function section(title: string, summary: string, content: unknown): string {
  const text = escaped(JSON.stringify(content, undefined, 2));
  return `<details><summary><code>${escaped(title)}</code> ${escaped(summary)}</summary><pre>${text}</pre></details>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
