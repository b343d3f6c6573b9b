import { Mismatch } from '../errors.ts';
import type { AgentUnderTest } from './agent-under-test.ts';
import type { PortBody } from './port-body.ts';

/**
 * Has the agent this port? GET tells it for the blueprint's agent and R3.1, where it reads the table. Later releases
 * answer GET from configuration that may never come, so there the file counts, or, without a folder, the answer to
 * a disable (R5.0 and later), which is harmless for ports that nobody enabled.
 */
export async function isKnown(agent: AgentUnderTest, id: string): Promise<boolean> {
  if (agent.profile === 'blueprint' || agent.profile === 'r3.1') {
    const { status } = await agent.send('GET', `/port/${id}`);
    return status === 200;
  }
  if (agent.hasFolder) return agent.folder.has(id);
  const { text } = await agent.send('PUT', `/disable-port/${id}`);
  return !text.includes('Port Not found');
}

/** The agent has the port, in memory and, where that can be seen, on disk. */
export function expectKnown(agent: AgentUnderTest, id: string): Promise<void> {
  return agent.settled(() => expectKnownNow(agent, id));
}

export async function expectKnownNow(agent: AgentUnderTest, id: string): Promise<void> {
  agent.expect.equal(`the agent has port ${id}`, await isKnown(agent, id), true);
  if (agent.hasFolder) agent.expect.equal(`there is a file ${id}`, agent.folder.has(id), true);
}

/** The agent has no such port, nor a file of it, at the latest after `timeoutMs`. */
export function expectUnknown(agent: AgentUnderTest, id: string, timeoutMs?: number): Promise<void> {
  return agent.settled(async () => {
    agent.expect.equal(`the agent has port ${id}`, await isKnown(agent, id), false);
    if (agent.hasFolder) agent.expect.equal(`there is a file ${id}`, agent.folder.has(id), false);
  }, timeoutMs);
}

/** The file of a port once it is there, as text. */
export function fileOf(agent: AgentUnderTest, id: string): Promise<string> {
  return agent.settled(() => {
    const text = agent.folder.read(id);
    if (text === undefined) throw new Mismatch(`file ${id}`, 'to be there', 'none');
    return text;
  });
}

/** The file of a port once it holds `fields` among others. */
export function expectFile(
  agent: AgentUnderTest,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  return agent.settled(() => {
    const record = parsed(agent.folder.read(id));
    const got = Object.fromEntries(Object.keys(fields).map((key) => [key, record[key]]));
    agent.expect.equal(`fields of file ${id}`, got, fields);
    return record;
  });
}

/**
 * Waits until files are as the answers so far say, before a check looks for what must not have happened. The real
 * agent writes before it answers. The blueprint's may write behind its answers, so a port comes and goes first.
 */
export async function settleFiles(agent: AgentUnderTest): Promise<void> {
  if (agent.isReal || !agent.hasFolder) return;
  const last = agent.port();
  await agent.add(last);
  await fileOf(agent, last.id);
  await agent.delete(last.id);
  await agent.settled(() => {
    agent.expect.equal(`there is a file ${last.id}`, agent.folder.has(last.id), false);
  });
}

/** Waits until each of `ports` has its file. */
export async function expectFiles(agent: AgentUnderTest, ports: readonly PortBody[]): Promise<void> {
  await agent.settled(() => {
    const missing = ports.filter((port) => !agent.folder.has(port.id)).map((port) => port.id);
    agent.expect.equal('ports without a file', missing, []);
  });
}

/**
 * What of a file must not change without a change of the port. Journals are allowed to the blueprint's agent, and
 * what it reads from one after a crash it may write again, with the time of that moment.
 */
export function lasting(agent: AgentUnderTest, text: string | undefined): unknown {
  return agent.isReal ? text : { ...parsed(text), time: '' };
}

/** The text of a JSON object as one, with no keys when it is none. */
export function parsed(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
