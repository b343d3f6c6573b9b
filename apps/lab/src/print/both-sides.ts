import { namesOf, type AgentView, type PluginView, type Snapshot } from '../view/snapshot.ts';
import { columns } from './columns.ts';
import { plain, type Paint } from './paint.ts';

const HEADER = ['agent', 'VM', 'address', 'the plugin says', 'the agent has'];
const NOTHING = '-';
const CHANGED = '>';
const UNCHANGED = ' ';

export interface SidesOptions {
  /** What is new since then is marked. */
  readonly before?: Snapshot | undefined;
  readonly paint?: Paint;
}

/** Every port that somebody knows of: the plugin's view beside the agent's. */
export function bothSides(snapshot: Snapshot, { before, paint = plain }: SidesOptions = {}): string[] {
  const known = new Set((before === undefined ? [] : rowsOf(before)).map(String));
  const isNew = (row: readonly string[]): boolean => before !== undefined && !known.has(String(row));
  const rows = rowsOf(snapshot);
  const marked = rows.map((row) => [isNew(row) ? CHANGED : UNCHANGED, ...row]);
  const [header = '', ...lines] = columns([[UNCHANGED, ...HEADER], ...marked]);
  return [
    paint('faint', header),
    ...lines.map((line) => (line.startsWith(CHANGED) ? paint('strong', line) : line)),
  ];
}

function rowsOf(snapshot: Snapshot): string[][] {
  return snapshot.agents.flatMap((agent) => agentRows(snapshot, agent));
}

function agentRows(snapshot: Snapshot, agent: AgentView): string[][] {
  const wanted = snapshot.plugin?.ports.filter((port) => port.agent === agent.name) ?? [];
  const held = agent.state?.ports ?? [];
  const ids = new Set([...wanted.map(({ id }) => id), ...held.map(({ id }) => id), ...agent.filedIds]);
  if (ids.size === 0) return [portRow(snapshot, agent, undefined)];
  return [...ids].map((id) => portRow(snapshot, agent, id)).sort((a, b) => (String(a) < String(b) ? -1 : 1));
}

/** Without `id`: the row of an agent of which nobody knows a port. */
function portRow(snapshot: Snapshot, agent: AgentView, id: string | undefined): string[] {
  const names = id === undefined ? undefined : namesOf(snapshot, agent.name, id);
  return [
    agent.name,
    names?.['display-name'] ?? id ?? NOTHING,
    names?.['ip-address'] ?? NOTHING,
    pluginSays(snapshot.plugin, agent.name, id),
    agentHas(agent, id),
  ];
}

function pluginSays(plugin: PluginView | undefined, agent: string, id: string | undefined): string {
  if (plugin === undefined) return 'down';
  const port = plugin.ports.find((candidate) => candidate.agent === agent && candidate.id === id);
  if (port === undefined) return NOTHING;
  return port.operation === null ? port.state : `${port.operation} ${port.state}`;
}

function agentHas({ state, filedIds }: AgentView, id: string | undefined): string {
  if (state === undefined) return id !== undefined && filedIds.includes(id) ? 'down, port on disk' : 'down';
  const port = state.ports.find((candidate) => candidate.id === id);
  if (port === undefined) return NOTHING;
  return `${port.linkState === 1 ? 'enabled' : 'disabled'}${port.seen ? '' : ', NOT seen'}`;
}
