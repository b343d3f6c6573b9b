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
