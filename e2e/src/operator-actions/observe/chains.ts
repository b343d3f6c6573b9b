/**
 * Per port of the action, by its label; a text alone goes for every port. The texts are those that are written here and in `holders.ts`:
 *
 * - requests: `agent-2: add, enable; then agent-1: delete`, or `nothing`; what only reads is left out
 * - afterwards: `agent-2, enabled`, `agent-1, disabled`, or `nowhere`
 */
export type PerPort = string | Readonly<Record<string, string>>;

/** A request as one of the agents received it. */
export interface AgentRequest {
  readonly agent: string;
  readonly atMs: number;
  readonly operation: string;
  readonly portIds: readonly string[];
  readonly status: number | null;
}

/**
 * What agents were asked for one port, in order: `agent-2: add, enable; then agent-1: delete`. A sync concerns all ports;
 * a look at a port changes nothing and is left out.
 */
export function chainOf(requests: readonly AgentRequest[], portId: string): string {
  const own = requests
    .filter(({ operation, portIds }) => operation === 'sync' || portIds.includes(portId))
    .filter(({ operation }) => operation !== 'get');
  const links: { agent: string; operations: string[] }[] = [];
  for (const { agent, operation, status } of inOrder(own)) {
    const words = status === 200 ? operation : `${operation} (${status})`;
    const last = links.at(-1);
    if (last?.agent === agent) last.operations.push(words);
    else links.push({ agent, operations: [words] });
  }
  if (links.length === 0) return 'nothing';
  return links.map(({ agent, operations }) => `${agent}: ${operations.join(', ')}`).join('; then ');
}

/**
 * In order of time, those of one agent in the order given. Agents note milliseconds; of requests to several agents in the
 * same one, a delete is taken for the later.
 */
function inOrder(requests: readonly AgentRequest[]): readonly AgentRequest[] {
  const queues = [...Map.groupBy(requests, ({ agent }) => agent).values()];
  const ordered: AgentRequest[] = [];
  while (ordered.length < requests.length) {
    const queue = queues.reduce((first, each) => (rankOf(each[0]) < rankOf(first[0]) ? each : first));
    ordered.push(...queue.splice(0, 1));
  }
  return ordered;
}

function rankOf(request: AgentRequest | undefined): number {
  if (request === undefined) return Number.POSITIVE_INFINITY;
  return request.atMs + (request.operation === 'delete' ? 0.5 : 0);
}

/** A text for each port (ids by label); the same for every port stands for itself. */
export function perPort(ports: ReadonlyMap<string, string>, text: (portId: string) => string): PerPort {
  const texts = Object.fromEntries([...ports].map(([label, id]) => [label, text(id)]));
  const [first, ...others] = new Set(Object.values(texts));
  return first !== undefined && others.length === 0 ? first : texts;
}
