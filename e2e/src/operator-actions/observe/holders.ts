import type { Side } from '../stage/side.ts';

/** Where a port is, for each of the ids: `agent-1, enabled`, several joined by ` and `, or `nowhere`. */
export async function holdersOf(
  side: Side,
  portIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const running = side.agents.filter(({ isRunning }) => isRunning);
  const tables = await Promise.all(
    running.map(async (agent) => ({ name: agent.name, ports: (await agent.state()).ports })),
  );
  return new Map(
    portIds.map((id) => {
      const holders = tables.flatMap(({ name, ports }) =>
        ports
          .filter((port) => port.id === id)
          .map(({ linkState }) => `${name}, ${linkState === 1 ? 'enabled' : 'disabled'}`),
      );
      return [id, holders.length === 0 ? 'nowhere' : holders.join(' and ')];
    }),
  );
}
