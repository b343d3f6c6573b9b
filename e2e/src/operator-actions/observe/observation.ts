import type { Outcome } from '../action.ts';
import type { Scene } from '../stage/scene.ts';
import type { Side } from '../stage/side.ts';
import { bystandersHit } from './bystanders.ts';
import { chainOf, perPort } from './chains.ts';
import { holdersOf } from './holders.ts';
import { watchPorts } from './port-watch.ts';

/** What came of an action at the agents of one plugin, in the words of its declaration. */
export interface Observed extends Outcome {
  /** Sorted. */
  readonly problems: readonly string[];
  /** What happened to ports that the action has nothing to do with. */
  readonly bystanders: readonly string[];
  /** Ports that were, at some moment, enabled on no agent. */
  readonly interruptions: readonly string[];
}

/** Begins to look at `side`. Those of `watched` should have the scene's ports enabled all the time. */
export async function observe(
  side: Side,
  scene: Scene,
  watched: readonly string[],
): Promise<{ end(): Promise<Observed> }> {
  const mark = await side.mark();
  const watch = watchPorts(side, scene, watched);
  return {
    async end() {
      const interruptions = await watch.end();
      const ports = scene.ports();
      const requests = await side.requestsSince(mark);
      const holders = await holdersOf(side, [...ports.values()]);
      return {
        requests: perPort(ports, (id) => chainOf(requests, id)),
        afterwards: perPort(ports, (id) => holders.get(id) ?? ''),
        problems: await problemsOf(side, scene),
        bystanders: bystandersHit(requests, new Set(ports.values()), side.restartedSince(mark)),
        interruptions,
      };
    },
  };
}

/** Kinds of the problems about the scene's VMs and hosts. */
async function problemsOf(side: Side, scene: Scene): Promise<readonly string[]> {
  const { problems } = await side.plugin.introspect.inventory();
  const names = new RegExp(`\\b(${scene.names().join('|')})\\b`, 'u');
  const own = problems.filter(({ subject }) => names.test(subject));
  return [...new Set(own.map(({ kind }) => kind))].sort();
}
