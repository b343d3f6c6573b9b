/** How the plugin tells the VMs that are agents, and where it finds their addresses. */
export const AGENT_VM = 'contrailVM';
export const AGENT_MAC = '00:50:56:fe:a9:e7';
export const FABRIC = 'contrail-fab-pg';
