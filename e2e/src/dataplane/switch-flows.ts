/** A machine's adapter on its host's virtual switch. */
export interface Plug {
  /** OpenFlow number. */
  readonly port: number;
  readonly mac: string;
  readonly vlan: { readonly primary: number; readonly isolated: number };
}

const GROUP = 'dl_dst=01:00:00:00:00:00/01:00:00:00:00:00';
const VLAN_PRESENT = 0x1000;

/**
 * The flows of a host's distributed switch with private VLANs: a machine sends on its port group's isolated VLAN, to
 * the trunk and to nobody else, and receives on the primary VLAN, from the trunk and from nobody else. As on ESXi the
 * switch knows its machines' MACs, and gives no machine its own broadcast back.
 */
export function switchFlows(trunk: number, plugs: readonly Plug[]): readonly string[] {
  return plugs.flatMap(({ port, mac, vlan: { primary, isolated } }) => {
    const others = plugs.filter((other) => other.vlan.primary === primary && other.port !== port);
    const fromTrunk = `in_port=${trunk},dl_vlan=${primary}`;
    return [
      `priority=10,in_port=${port},actions=push_vlan:0x8100,set_field:${isolated | VLAN_PRESENT}->vlan_vid,output:${trunk}`,
      `priority=10,${fromTrunk},dl_dst=${mac},actions=pop_vlan,output:${port}`,
      `priority=20,${fromTrunk},dl_src=${mac},${GROUP},actions=${toAll(others)}`,
      `priority=10,${fromTrunk},${GROUP},actions=${toAll([...others, { port }])}`,
    ];
  });
}

function toAll(plugs: readonly Pick<Plug, 'port'>[]): string {
  const ports = plugs.map(({ port }) => port).toSorted((a, b) => a - b);
  return ports.length === 0 ? 'drop' : ['pop_vlan', ...ports.map((port) => `output:${port}`)].join(',');
}
