import { parsePortFile } from '@vrouter/port-model';
import { textsOf, Violation, type PortTexts } from '@vrouter/testkit/history';
import type { Station } from '../world/station.ts';
import type { World } from '../world/world.ts';
import { wantedOf, type Wanted } from './wanted.ts';

/** Of these agents, ports, link states, files and ledger are what vCenter says, and the plugin knows it. */
export function checkConverged(world: World, stations: readonly Station[] = world.stations): void {
  const { state } = world.vcenter;
  if (!state.complete) throw new Error('vCenter is not healed');
  const wanted = wantedOf(state.inventory, world.options.lifecycle);
  for (const station of stations) checkStation(world, station, wanted.get(station.agent.host)?.ports);
}

function checkStation(
  world: World,
  { agent, hasBadFiles }: Station,
  wanted: ReadonlyMap<string, Wanted> = new Map(),
): void {
  const differs = (what: string): never => {
    throw new Violation('converges', `${agent.name}: ${what}`);
  };
  const isReal = agent.kind.profile === 'tf';
  const lines = (texts: Iterable<string>): string => [...texts].sort().join('\n');
  const textOf = ({ identity, record }: PortTexts): string => (isReal ? identity : record);

  const expected = lines([...wanted].map(([id, one]) => `${id} ${textOf(one)} ${Number(one.enabled)}`));
  const table = lines(
    [...agent.ports].map(([id, { port, linkState }]) => `${id} ${textOf(textsOf(port))} ${linkState}`),
  );
  if (table !== expected) differs(`ports differ; expected\n${expected}\nfound\n${table}`);
  const files = lines(
    Object.entries(agent.files()).map(([name, text]) => {
      const file = parsePortFile(text);
      if (!file.ok) return hasBadFiles ? name : differs(`file ${name} is not readable: ${text}`);
      return `${name} ${textOf(textsOf(file.value.port))} ${file.value.linkState}`;
    }),
  );
  if (!hasBadFiles && files !== expected) differs(`files differ; expected\n${expected}\nfound\n${files}`);
  const rows = world.plugin.ledger.agents.get(agent.name)?.size ?? 0;
  if (rows !== wanted.size) differs(`the ledger has ${rows} rows for ${wanted.size} ports`);
  const report = world.plugin.core?.fleet.member(agent.name)?.report();
  if (report?.phase !== 'steady') differs(`the plugin is ${report?.phase ?? 'not there'}, not steady`);
}
