/** What the commands have to do with. */
export interface Targets {
  readonly inventory: { readonly path: string };
  readonly agents: readonly [Agent, Agent];
  readonly plugin: { readonly url: string };
}

interface Agent {
  readonly pidFile: string;
}

/** A command for the user's shell, and what it shows. */
export interface Suggestion {
  readonly says: string;
  readonly command: string;
}

/** Three commands to try, each right at any time and as often as one likes. */
export function suggestions({
  inventory,
  agents,
  plugin,
}: Targets): readonly [Suggestion, Suggestion, Suggestion] {
  const [agent1, agent2] = agents;
  const power = (vm: string, state: string): string =>
    `sed -i.bak '/name: ${vm}$/,/power:/s/power: [a-z]*/power: ${state}/' ${quoted(inventory.path)}`;
  const kill = (pidFile: string): string => `kill -9 $(cat ${quoted(pidFile)})`;
  return [
    { says: 'Change the inventory: power db-2 on', command: power('db-2', 'on') },
    { says: 'Kill an agent: its ports are there again when it is', command: kill(agent1.pidFile) },
    {
      says: 'Look at the retry list: kill agent-2, power web-2 off meanwhile, ask the plugin',
      command: `${kill(agent2.pidFile)}; ${power('web-2', 'off')}; sleep 1; curl -s ${plugin.url}/introspect/retries`,
    },
  ];
}

/** As one word of a shell command. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
