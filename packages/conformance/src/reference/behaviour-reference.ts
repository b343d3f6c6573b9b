import { SECTIONS } from '../behaviours/behaviours.ts';
import { CHECKS } from '../checks/all.ts';
import type { Check } from '../check.ts';
import { PROFILE_NAMES, PROFILES } from '../profiles.ts';

/** The page `docs/reference/agent-behaviours.md`: every behaviour, and the checks that stand for it. */
export function behaviourReference(): string {
  return `# Behaviours of vrouter agents

What can be seen of an agent from outside: over its REST API, in its folder of port files, and over restarts. Every
behaviour has a name, a number or a letter with one, that never changes; numbers need not be consecutive. The
conformance suite looks at each of them with at least one check, and says the name in its reports. "Modern" are R4.0
and later; "the real agent" is that of all releases.

| profile | what it is | checks |
| --- | --- | --- |
${PROFILE_NAMES.map((name) => `| \`${name}\` | ${PROFILES[name]} | ${CHECKS.filter(({ profiles }) => profiles.includes(name)).length} |`).join('\n')}

${Object.entries(SECTIONS).map(sectionText).join('\n')}`;
}

function sectionText([title, behaviours]: [string, Readonly<Record<string, string>>]): string {
  const rows = Object.entries(behaviours).map(([id, text]) => row(id, text));
  return `## ${title}

| name | behaviour | profiles | checks |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function row(id: string, text: string): string {
  const checks = CHECKS.filter(({ fact }) => fact === id);
  return `| ${id} | ${cell(text)} | ${profilesText(checks)} | ${checks.map(({ name }) => `\`${name}\``).join(', ')} |`;
}

function profilesText(checks: readonly Check[]): string {
  const covered = PROFILE_NAMES.filter((profile) =>
    checks.some(({ profiles }) => profiles.includes(profile)),
  );
  return covered.length === PROFILE_NAMES.length ? 'all' : covered.join(', ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
