import { CHANGES, FAULTS } from '../plan/steps.ts';
import { NO_NETWORK_FAULTS } from '../world/link.ts';

/** What enough runs must have seen; what is not in here may be seen as well. */
export const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  steps: [...Object.keys(CHANGES), ...Object.keys(FAULTS)].map((kind) => `step ${kind}`),
  network: [
    ...Object.keys(NO_NETWORK_FAULTS),
    'cut',
    'cut-connected',
    'deaf',
    'deaf-connected',
    'mute',
    'connection-refused',
  ].map((fate) => `network ${fate}`),
  agents: ['agent blueprint journal', 'agent blueprint file', 'agent tf'],
  requests: ['add', 'add array', 'delete', 'enable', 'disable', 'sync', 'get'].map(
    (kind) => `request ${kind}`,
  ),
  outcomes: [
    ...['add', 'delete', 'enable', 'disable', 'sync'].flatMap((kind) => [
      `outcome ${kind} done`,
      `outcome ${kind} unavailable`,
    ]),
    'outcome get found',
    'outcome get unavailable',
  ],
  phases: ['gated', 'parked', 'syncing', 'replaying', 'steady', 'gone'].map((phase) => `phase ${phase}`),
  transitions: [
    ['none', 'syncing'],
    ['none', 'parked'],
    ['syncing', 'replaying'],
    ['syncing', 'parked'],
    ['replaying', 'steady'],
    ['replaying', 'syncing'],
    ['replaying', 'parked'],
    ['steady', 'replaying'],
    ['steady', 'syncing'],
    ['steady', 'parked'],
    ['parked', 'syncing'],
    ['steady', 'gone'],
    ['gone', 'syncing'],
  ].map(([from, to]) => `transition ${from} to ${to}`),
  connection: ['reachable true', 'reachable false'],
  rules: ['port swept', 'brake holds', 'checked in between'],
};

export class Coverage {
  readonly #seen = new Map<string, number>();

  add(seen: Iterable<readonly [string, number]>): void {
    for (const [tag, count] of seen) this.#seen.set(tag, (this.#seen.get(tag) ?? 0) + count);
  }

  get missing(): readonly string[] {
    return Object.values(EXPECTED)
      .flat()
      .filter((tag) => !this.#seen.has(tag));
  }

  /** A line per subject: what was seen how often, what was expected and never seen, and what else was. */
  lines(): string[] {
    const named = new Set(Object.values(EXPECTED).flat());
    const lines = Object.entries(EXPECTED).map(([subject, tags]) => {
      const seen = tags.filter((tag) => this.#seen.has(tag));
      const counts = seen.map((tag) => `${shortOf(tag)} ${this.#seen.get(tag)}`).join(', ');
      return `${subject} ${seen.length}/${tags.length}: ${counts}`;
    });
    const others = [...this.#seen].filter(([tag]) => !named.has(tag)).sort(([a], [b]) => (a < b ? -1 : 1));
    if (others.length > 0)
      lines.push(`besides: ${others.map(([tag, count]) => `${tag} ${count}`).join(', ')}`);
    if (this.missing.length > 0) lines.push(`NEVER SEEN: ${this.missing.join(', ')}`);
    return lines;
  }
}

function shortOf(tag: string): string {
  return tag.slice(tag.indexOf(' ') + 1);
}
