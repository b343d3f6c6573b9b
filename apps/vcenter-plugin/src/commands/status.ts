import { StartError } from '@vrouter/service-kit';
import { z } from 'zod';

const ANSWER_MS_MAX = 5000;

/** What of `GET /introspect/agents` is printed. */
const Agents = z.object({
  agents: z.array(
    z.object({
      name: z.string(),
      /** null: it was never seen anywhere. */
      url: z.string().nullable(),
      phase: z.string(),
      reachable: z.boolean().nullish(),
      lastError: z.string().nullish(),
      ports: z.object({ desired: z.number(), confirmed: z.number(), pending: z.number() }),
    }),
  ),
});

/** Asks the plugin at `url` and prints one line per agent. Throws `StartError` when none answers there. */
export async function status(url: string, print: (text: string) => void): Promise<void> {
  const { agents } = await ask(url);
  for (const { name, url: agentUrl, phase, reachable, lastError, ports } of agents) {
    const where = reachable === false ? `unreachable (${lastError ?? 'no answer'})` : phase;
    print(
      `${name}  ${agentUrl ?? '-'}  ${where}  ${ports.confirmed} of ${ports.desired} ports confirmed, ${ports.pending} pending`,
    );
  }
}

async function ask(url: string): Promise<z.output<typeof Agents>> {
  if (!URL.canParse(url))
    throw new StartError('BAD_USAGE', `--url: expected a URL, got ${JSON.stringify(url)}`);
  let text: string;
  try {
    const response = await fetch(new URL('/introspect/agents', url), {
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    });
    text = await response.text();
  } catch (error) {
    const cause = (error as Error).cause as Error | undefined;
    const why = cause?.message ?? (error as Error).message;
    throw new StartError('NO_ANSWER', `No plugin answers at ${url}: ${why}`, { cause: error });
  }
  const answer = Agents.safeParse(jsonOf(text));
  if (answer.success) return answer.data;
  throw new StartError('NO_ANSWER', `What answers at ${url} is no plugin: ${text.slice(0, 80)}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
