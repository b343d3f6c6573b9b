import { isIPv4 } from 'node:net';

/** The port of an agent's REST API, which the map has no word for. */
const AGENT_PORT = 9091;

/** What is wrong with a line of a map. */
export interface MapProblem {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

export interface PlacedAgent {
  readonly name: string;
  readonly url: string;
  readonly host: string;
}

/**
 * Reads the format of `ESXiToVRouterIp.map`: `host:ip`, one a line; blank lines and `#` comments are left out. An agent
 * is called like its host. What is after a second colon is refused, not ignored: who wrote it meant something.
 */
export function parsePlacementMap(text: string): {
  readonly agents: readonly PlacedAgent[];
  readonly problems: readonly MapProblem[];
} {
  const agents = new Map<string, PlacedAgent>();
  const hostOfAddress = new Map<string, string>();
  const problems: MapProblem[] = [];
  for (const [index, raw] of text.split(/\r?\n/u).entries()) {
    const content = raw.trim();
    if (content === '' || content.startsWith('#')) continue;
    const complain = (what: string): unknown => problems.push({ line: index + 1, text: what });
    const [host = '', address = '', ...more] = content.split(':').map((field) => field.trim());
    const other = hostOfAddress.get(address);
    if (host === '' || host.length > 255 || !isIPv4(address) || more.length > 0)
      complain(`expected HOST:IPV4, got ${JSON.stringify(content.slice(0, 80))}`);
    else if (agents.has(host)) complain(`host ${JSON.stringify(host)} is there twice`);
    else if (other !== undefined) complain(`${address} serves ${JSON.stringify(other)} already`);
    else {
      agents.set(host, { name: host, url: `http://${address}:${AGENT_PORT}`, host });
      hostOfAddress.set(address, host);
    }
  }
  return { agents: [...agents.values()], problems };
}
