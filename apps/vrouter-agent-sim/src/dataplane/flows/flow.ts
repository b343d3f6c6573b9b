import { createHash } from 'node:crypto';

/** One OpenFlow rule of an agent's bridge. Frames run through table 0 (who sent it?), then 1 (where to?). */
export interface Flow {
  readonly table: 0 | 1;
  readonly priority: number;
  readonly match: Match;
  readonly actions: readonly Action[];
}

export interface Match {
  readonly inPort?: number;
  /** null: a frame without a tag. */
  readonly vlan?: number | null;
  readonly source?: string;
  /** 'group': broadcast and multicast. */
  readonly destination?: string;
  /** The network, as table 0 found out. */
  readonly network?: number;
  /** Did the frame come from another agent? It must not go to one again. */
  readonly fromPeer?: boolean;
}

export type Action =
  /** Takes the tag off, notes network and origin, and goes on in table 1. */
  | {
      readonly do: 'classify';
      readonly network: number;
      readonly fromPeer: boolean;
      readonly tagged: boolean;
    }
  /** A copy with this tag, or with none. */
  | { readonly do: 'send'; readonly port: number; readonly vlan: number | undefined };

const GROUP_BIT = '01:00:00:00:00:00/01:00:00:00:00:00';
/** In a VLAN tag as OpenFlow has it: the tag is there. */
const VLAN_PRESENT = 0x1000;
/** No port: what came in through the trunk may leave through it too. */
const PORT_NONE = '0xffff';

/** Marks every flow as ours. */
const COOKIE_PREFIX = '7672';
const COOKIE_DIGITS = 12;

/** The flow as `ovs-ofctl` reads it, with its cookie. */
export function flowText(flow: Flow): string {
  return `cookie=${cookieOf(flow)},${ruleText(flow)}`;
}

/**
 * A number made of all that the flow says: two flows are the same iff their cookies are, so what is installed can be
 * compared without reading `ovs-ofctl`'s own spelling of rules.
 */
export function cookieOf(flow: Flow): string {
  const digest = createHash('sha256').update(ruleText(flow)).digest('hex');
  return `0x${COOKIE_PREFIX}${digest.slice(0, COOKIE_DIGITS)}`;
}

function ruleText({ table, priority, match, actions }: Flow): string {
  return [
    `table=${table}`,
    `priority=${priority}`,
    ...matchTexts(match),
    `actions=${actionTexts(actions)}`,
  ].join(',');
}

function matchTexts({ inPort, vlan, source, destination, network, fromPeer }: Match): readonly string[] {
  return [
    ...(inPort === undefined ? [] : [`in_port=${inPort}`]),
    ...(vlan === undefined ? [] : [vlan === null ? `vlan_tci=0x0000/0x1fff` : `dl_vlan=${vlan}`]),
    ...(source === undefined ? [] : [`dl_src=${source}`]),
    ...(destination === undefined ? [] : [`dl_dst=${destination === 'group' ? GROUP_BIT : destination}`]),
    ...(network === undefined ? [] : [`reg0=${network}`]),
    ...(fromPeer === undefined ? [] : [`reg1=${Number(fromPeer)}`]),
  ];
}

/** Copies without a tag leave first: then one tag is pushed, and rewritten for each copy. */
function actionTexts(actions: readonly Action[]): string {
  const texts: string[] = [];
  const sends = actions.filter((action) => action.do === 'send');
  for (const action of actions) {
    if (action.do !== 'classify') continue;
    if (action.tagged) texts.push('pop_vlan');
    texts.push(`load:${action.network}->NXM_NX_REG0[]`, `load:${Number(action.fromPeer)}->NXM_NX_REG1[]`);
    texts.push(`load:${PORT_NONE}->NXM_OF_IN_PORT[]`, 'goto_table:1');
  }
  for (const { port, vlan } of sends) if (vlan === undefined) texts.push(`output:${port}`);
  const tagged = sends.filter(({ vlan }) => vlan !== undefined);
  if (tagged.length > 0) texts.push('push_vlan:0x8100');
  for (const { port, vlan = 0 } of tagged)
    texts.push(`set_field:${vlan | VLAN_PRESENT}->vlan_vid`, `output:${port}`);
  return texts.join(',');
}
