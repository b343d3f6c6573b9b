import { table } from '@vrouter/service-kit';
import { COMMANDS, FLAGS } from '../flags.ts';

/** The page of the plugin's command line, in Markdown. */
export function pluginFlagsReference(): string {
  const commands = Object.entries(COMMANDS).map(([name, help]) => [`\`${name}\``, help]);
  const flags = Object.entries(FLAGS).map(([name, { value, help }]) => [
    `\`--${name}${value === undefined ? '' : ` ${value}`}\``,
    help,
  ]);
  return `# Command line of vcenter-plugin

\`npm run plugin -- [command] --config FILE [flags]\`. Exit codes: 0 stopped as asked, 2 bad configuration or usage, 1 anything
else.

${table(['command', 'what it does'], commands)}

${table(['flag', 'meaning'], flags)}
`;
}
