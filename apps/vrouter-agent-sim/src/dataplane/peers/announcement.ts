import { z } from 'zod';
import type { ForwardedPort, PeerNetwork } from '../flows/forwarding.ts';
import { LABEL_MAX, type Labels } from '../flows/labels.ts';

const Label = z.int().min(0).max(LABEL_MAX);

/** What an agent tells the others about itself: one file in the folder that they share. */
const Announcement = z.object({
  version: z.literal(1),
  bridge: z.string().min(1),
  lastLabel: Label,
  networks: z.array(
    z.object({
      network: z.string(),
      label: Label,
      /** MAC to epoch milliseconds since when the port forwards. */
      macs: z.record(z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/), z.number()),
    }),
  ),
});

export interface PeerAnnouncement {
  /** Name of the peer's bridge. */
  readonly bridge: string;
  readonly labels: Labels;
  readonly networks: readonly PeerNetwork[];
}

/** The text of an announcement, the same for the same ports. */
export function announcementText(bridge: string, labels: Labels, ports: readonly ForwardedPort[]): string {
  const networks = [...labels.byNetwork]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([network, label]) => {
      const own = ports.filter((port) => port.network === network);
      const macs = own
        .toSorted((a, b) => a.sinceMs - b.sinceMs)
        .map(({ mac, sinceMs }) => [mac, sinceMs] as const);
      return { network, label, macs: Object.fromEntries(macs.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
    });
  return `${JSON.stringify({ version: 1, bridge, lastLabel: labels.last, networks })}\n`;
}

/** Throws when `text` is no announcement. */
export function parseAnnouncement(text: string): PeerAnnouncement {
  const { bridge, lastLabel, networks } = Announcement.parse(JSON.parse(text));
  return {
    bridge,
    labels: { byNetwork: new Map(networks.map(({ network, label }) => [network, label])), last: lastLabel },
    networks: networks.map(({ macs, ...rest }) => ({ ...rest, macs: new Map(Object.entries(macs)) })),
  };
}
