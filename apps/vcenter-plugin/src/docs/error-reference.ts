import { KIT_ERRORS, table } from '@vrouter/service-kit';
import { PLUGIN_ERRORS } from '../errors.ts';

/** The page of every error that ends the plugin, in Markdown. */
export function errorReference(): string {
  const running = Object.entries(PLUGIN_ERRORS).map(([code, { text, advice }]) => [
    `\`${code}\``,
    '1',
    text,
    advice,
  ]);
  const starting = Object.entries(KIT_ERRORS).map(([code, { exitCode, advice }]) => [
    `\`${code}\``,
    String(exitCode),
    advice,
  ]);
  return `# Errors that end vcenter-plugin

Agents and inventories that fail never end it: those are shown in \`/readyz\`, \`/introspect\` and the log.

## The ledger

${table(['code', 'exit code', 'text', 'what to do'], running)}

## Before it serves

The message names the key, the flag or the folder.

${table(['code', 'exit code', 'what to do'], starting)}
`;
}
