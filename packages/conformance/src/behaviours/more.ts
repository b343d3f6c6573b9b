/** Gateways and subscriptions of VMs. */
export const GATEWAY_VM_BEHAVIOURS = {
  '101': 'POST /gateway takes an array; a bad member is refused and named.',
  '102': 'DELETE /gateway with a bad body is refused with an empty text: `{"error":"{}"}`.',
  '103': 'POST /vm takes an object; a bad member is refused and named.',
  '321': 'DELETE /gateway with an empty array is a success.',
  '322': 'A subscription has a file below `vm/`.',
  '323': 'DELETE of an unknown subscription is a success.',
  '324': 'GET of an unknown subscription is 404.',
  '325':
    'GET of a subscription whose configuration came tells its interfaces: one object until R5.0, an array later.',
  '326': 'GET /vm-cfg tells the configuration of a VM, asked for by id, from R2008 on by name.',
  '327': 'DELETE of a subscription whose configuration came removes it.',
} as const satisfies Record<string, string>;

/** The page for operators, on a listener of its own; R3.1 has none that tells of ports. */
export const INTROSPECT_BEHAVIOURS = {
  '341':
    'The page tells of each port: `ifname`, `version`, `vmi_uuid`, `vm_uuid`, `vm_name`, `vn_uuid`, `ip4_addr`, `ip6_addr`, `mac`, `tx_vlan`, `rx_vlan`, `vhostuser_mode`.',
  '342': 'The page tells what the agent has: no port that is not, or no longer, there.',
  '343': '`version` is the generation in which the port was added last; nothing else tells it.',
  '344': 'Ports that the real agent loaded at its start have version 0.',
  '345': 'The page may be asked for one port, by its id or by its interface.',
  '346':
    'The page tells what a repeated add changed: nothing in the real agent, unless it is for another VM; everything in the blueprint’s.',
} as const satisfies Record<string, string>;

/** What any agent must bear. */
export const ROBUSTNESS_BEHAVIOURS = {
  '106': 'Many clients at once leave table and folder alike.',
  '107': 'When an add and a delete race, table and folder agree on the winner.',
  '109': 'JSON nested without measure is refused and crashes nothing.',
  '110': 'A primary VLAN without an isolated one crashes nothing.',
  '111': 'What is no HTTP harms only its own connection.',
  '331': 'When enable and disable race, one of them wins.',
  '332': 'A request that was cut off has no effect.',
  '333': 'A request whose answer nobody awaited has its effect whole or not at all.',
  '334': 'Many silent connections keep nobody out.',
  '335': 'No key of a JSON object has powers of its own.',
  '336': 'Long names are taken.',
  '337': 'Long paths are refused like any unknown path.',
} as const satisfies Record<string, string>;

/** What the blueprint’s agent guarantees beyond the real one. */
export const GUARANTEES = {
  A1: 'A success means saved: it survives a crash. What cannot be saved is refused, and nothing is changed.',
  A2: 'When nothing is going on, table and folder hold the same ports.',
  A3: 'Files are replaced whole, bad ones included; at the start a bad one is set aside, and the others are loaded.',
  A4: 'An add of a known port with other values updates port and file.',
  A5: 'An array is all or none, and the error names each bad element by its index.',
  A6: 'Input is strict: every bad field is named, with what was expected and what came.',
  A7: 'A sync marks every port but those of type 1 as NOT seen and sets a deadline of its own; an add marks its port seen. Marks and deadlines survive a restart, and the time then starts again in full.',
  A8: 'The API opens after the ports are loaded.',
  A9: 'Sweeps, adds and deletes are done one after another.',
} as const satisfies Record<string, string>;
