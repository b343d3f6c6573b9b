import type { FastifyInstance } from 'fastify';
import { PROFILES } from '../profiles/profiles.ts';
import type { ProfileName } from '../profiles/names.ts';
import { adminDocument } from './admin-document.ts';

type Document = Readonly<Record<string, unknown>>;

interface Operation {
  readonly summary?: string;
}

/**
 * `GET /docs`: the REST API of `profile`, and that of operators, for people, in one page that needs nothing else; the
 * OpenAPI documents of both for programs.
 */
export function docsRoutes(app: FastifyInstance, version: string, profile: ProfileName): void {
  const admin = adminDocument(version);
  const rest = (): Promise<Document> => PROFILES[profile].describe(version);
  app.get('/docs/openapi.json', rest);
  app.get('/docs/admin-openapi.json', async () => admin);
  app.get('/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(pageOf(await rest(), admin)),
  );
}

function pageOf(rest: Document, admin: Document): string {
  const { schemas } = rest['components'] as { schemas: Record<string, unknown> };
  const { title } = rest['info'] as { title: string };
  const models = Object.entries(schemas).map(([name, schema]) => section(name, '', schema));
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}summary{cursor:pointer;padding:.3rem 0}
code{font-weight:bold}pre{background:#8881;padding:1rem;overflow:auto;font-size:13px}</style>
<h1>${escaped(title)}</h1><p>The port API. For programs: <a href="docs/openapi.json">OpenAPI document</a>.</p>
<h2>Operations</h2>${operationsOf(rest)}<h2>Models</h2>${models.join('\n')}
<h2>For operators</h2><p>On this listener. For programs: <a href="docs/admin-openapi.json">OpenAPI document</a>.</p>
${operationsOf(admin)}</html>\n`;
}

function operationsOf(document: Document): string {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      section(`${method.toUpperCase()} ${path}`, operation.summary ?? '', operation),
    ),
  );
  return operations.join('\n');
}

function section(title: string, summary: string, content: unknown): string {
  const text = escaped(JSON.stringify(content, undefined, 2));
  return `<details><summary><code>${escaped(title)}</code> ${escaped(summary)}</summary><pre>${text}</pre></details>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
