/** What forwards frames: nothing, or an Open vSwitch bridge for each agent. */
export const DATA_PLANES = ['none', 'openvswitch'] as const;
