import { schemaRows, table } from '@vrouter/service-kit';
import { ADMIN_OPERATIONS, type AdminOperation } from '../admin/operations.ts';
import { ADMIN_ERRORS } from '../errors.ts';

/** The page of the admin API, in Markdown. */
export function adminReference(): string {
  const errors = Object.entries(ADMIN_ERRORS).map(([code, { status, text, advice }]) => [
    `\`${code}\``,
    String(status),
    text,
    advice,
  ]);
  return `# Admin API of vrouter-agent-sim

On its own listener, \`--admin-listen\`, which only this machine can reach unless \`--admin-remote\` is given. Bodies are
JSON. In a process with several agents each has its own under \`/agents/NAME\`, as in
\`GET /agents/agent-2/admin/state\`; what has no \`/admin\` in front is there once.

${Object.entries(ADMIN_OPERATIONS).map(operationText).join('\n')}
## Errors

\`{"error": text}\`; the text says more.

${table(['code', 'status', 'text', 'what to do'], errors)}
`;
}

function operationText([name, { tells, query, body }]: [string, AdminOperation]): string {
  const parts = [`## ${name}`, tells];
  if (query !== undefined) {
    parts.push(
      table(
        ['query', 'meaning'],
        Object.entries(query).map(([key, text]) => [`\`${key}\``, text]),
      ),
    );
  }
  if (body !== undefined) {
    const rows = schemaRows(body).map(({ key, type, fallback, description }) => [
      `\`${key}\``,
      type,
      fallback,
      description,
    ]);
    parts.push(table(['key', 'type', 'default', 'meaning'], rows));
  }
  return `${parts.join('\n\n')}\n`;
}
