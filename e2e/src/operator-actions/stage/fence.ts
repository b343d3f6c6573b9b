import { waitFor, type SimChange } from '@vrouter/testkit';
import { portId } from '../../world/oracle.ts';
import type { Side } from './side.ts';

/**
 * How to know that nothing comes any more: vCenter tells changes in their order, so once the newest name of a VM that
 * nothing else happens to has arrived at its agent, the plugin has seen all that was done before.
 */
export const FENCE_HOST = 'esx-9';
export const FENCE_WORD = 'fence-';
const MAC = '00:50:56:fe:0c:e0';
/** The id of its port. */
export const FENCE_PORT = portId(MAC);
const named = (number: number): string => `${FENCE_WORD}${number}`;

export const FENCE_VM = {
  name: named(0),
  host: FENCE_HOST,
  power: 'on',
  adapters: [{ mac: MAC, network: 'blue' }],
} as const;

/** What has a fence. */
interface Fenced {
  readonly sides: readonly Side[];
  apply(...changes: readonly SimChange[]): Promise<void>;
}

/** `number` counts the fences of a stage, from 1. */
export async function passFence(stage: Fenced, number: number, timeoutMs: number): Promise<void> {
  await stage.apply({ action: 'renameVm', vm: named(number - 1), name: named(number) });
  for (const { agents, lifecycle } of stage.sides) {
    const agent = agents.find(({ host }) => host === FENCE_HOST);
    const arrived = async (): Promise<boolean> => {
      const ports = (await agent?.state())?.ports ?? [];
      return ports.some(({ id, port }) => id === FENCE_PORT && port['display-name'] === named(number));
    };
    await waitFor(arrived, { what: `all changes to reach the plugin of lifecycle ${lifecycle}`, timeoutMs });
  }
}
