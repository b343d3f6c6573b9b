import { camelCase, table } from '@vrouter/service-kit';
import { FLAGS, settingRows } from '../flags.ts';

/** The page of every flag and every key of the configuration, in Markdown. */
export function settingsReference(): string {
  const rows = new Map(settingRows().map((row) => [row.key, row]));
  const flags = Object.entries(FLAGS).map(([name, flag]) => {
    const value = 'value' in flag ? ` ${flag.value}` : '';
    return [`\`--${name}${value}\``, rows.get(camelCase(name))?.fallback ?? '', flag.help];
  });
  const helpOf = new Map(Object.entries(FLAGS).map(([name, { help }]) => [camelCase(name), help]));
  const keys = [...rows.values()].map(({ key, type, fallback, description }) => [
    `\`${key}\``,
    type,
    fallback,
    description === '' ? (helpOf.get(key) ?? '') : description,
  ]);
  return `# Settings of vrouter-agent-sim

Defaults < config file < environment < flags. Exit codes: 0 stopped as asked, 2 bad usage or configuration, 1 anything else.

## Flags

\`npm run agent -- --state-dir DIR [flags]\`

${table(['flag', 'default', 'meaning'], flags)}

## Keys

Of the file given with \`--config\`, YAML or JSON. The variable of a key is its name in capitals after \`AGENT_\`, with \`__\`
for each level: \`AGENT_STATE_DIR\`, \`AGENT_LIMITS__BODY_BYTES_MAX\`. Unknown keys are errors.

${table(['key', 'type', 'default', 'meaning'], keys)}
`;
}
