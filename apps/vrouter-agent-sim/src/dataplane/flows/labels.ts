/** Numbers that an agent gives its networks. */
export interface Labels {
  readonly byNetwork: ReadonlyMap<string, number>;
  /** The one that was given last. */
  readonly last: number;
}

export const NO_LABELS: Labels = { byNetwork: new Map(), last: 0 };

/** A label travels as a VLAN. */
export const LABEL_MAX = 4094;

/**
 * Labels for exactly `networks`: those of before keep theirs. New ones get the next numbers, round and round: one that
 * has just become free is not given again at once, since another agent may still send frames of its old network.
 * Throws when there are more networks than numbers.
 */
export function allotLabels(before: Labels, networks: ReadonlySet<string>): Labels {
  if (networks.size > LABEL_MAX)
    throw new Error(`expected at most ${LABEL_MAX} networks on one agent, got ${networks.size}`);
  const byNetwork = new Map([...before.byNetwork].filter(([network]) => networks.has(network)));
  const taken = new Set(byNetwork.values());
  let { last } = before;
  for (const network of [...networks].toSorted()) {
    if (byNetwork.has(network)) continue;
    do last = (last % LABEL_MAX) + 1;
    while (taken.has(last));
    byNetwork.set(network, last);
    taken.add(last);
  }
  return { byNetwork, last };
}
