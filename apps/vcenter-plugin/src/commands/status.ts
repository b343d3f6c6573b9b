import { StartError } from '@vrouter/service-kit';

const ANSWER_MS_MAX = 5000;

interface Agents {
  readonly agents: readonly {
    readonly name: string;
    readonly url: string;
    readonly phase: string;
    readonly reachable?: boolean;
    readonly lastError?: string;
    readonly ports: { readonly desired: number; readonly confirmed: number; readonly pending: number };
  }[];
}

/** Asks the plugin at `url` and prints one line per agent. */
export async function status(url: string, print: (text: string) => void): Promise<void> {
  let answer: Agents;
  try {
    const response = await fetch(new URL('/introspect/agents', url), {
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    answer = (await response.json()) as Agents;
  } catch (error) {
    const cause = (error as Error).cause as Error | undefined;
    throw new StartError(
      'NO_ANSWER',
      `No plugin answers at ${url}: ${cause?.message ?? (error as Error).message}`,
    );
  }
  for (const { name, url: agentUrl, phase, reachable, lastError, ports } of answer.agents) {
    const where = reachable === false ? `unreachable (${lastError ?? 'no answer'})` : phase;
    print(
      `${name}  ${agentUrl}  ${where}  ${ports.confirmed} of ${ports.desired} ports confirmed, ${ports.pending} pending`,
    );
  }
}
