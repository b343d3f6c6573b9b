import type { LinkState, Port } from '@vrouter/port-model';
import type { Clock, Logger } from '@vrouter/service-kit';
import { desiredFlows } from './flows/desired-flows.ts';
import { vlanOf, type ForwardedPort } from './flows/forwarding.ts';
import { allotLabels, NO_LABELS, type Labels } from './flows/labels.ts';
import type { Bridge } from './ovs/bridge.ts';
import { announcementText, type PeerAnnouncement } from './peers/announcement.ts';
import type { PeerDirectory } from './peers/peer-directory.ts';

/** How often flows are compared though nothing has changed: a switch that was restarted has forgotten them. */
const CHECK_MS = 3_000;
const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 2_000;

const LINK_UP = 1;

/** A port of the agent's table. */
export interface TablePort {
  readonly port: Port;
  readonly linkState: LinkState;
}

export interface DataPlaneMeter {
  applied(seconds: number, changedFlows: number): void;
  failed(): void;
}

export interface DataPlaneOptions {
  readonly bridge: Bridge;
  readonly directory: PeerDirectory;
  /** What the agent holds now. */
  readonly ports: () => Iterable<TablePort>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly meter: DataPlaneMeter;
  /** Called when nothing more will be done to the bridge. */
  readonly release?: () => void;
}

/**
 * Keeps a bridge's flows equal to the agent's ports. Level, not edge: every round computes what should be installed
 * from what the agent and its peers hold, reads what is, and changes the difference in one step. One round at a time;
 * changes meanwhile lead to one more. Stopping changes nothing: the bridge forwards on without its agent.
 */
export class DataPlane {
  readonly #options: DataPlaneOptions;
  readonly #since = new Map<string, number>();
  #labels: Labels = NO_LABELS;
  #announced = '';
  #links: ReadonlyMap<string, number> = new Map();
  #linksAreChecked = false;
  #hasRecalled = false;
  #round: Promise<void> | undefined;
  #again = false;
  #isClosed = false;
  #cancelTimer: () => void = () => undefined;
  #failedCount = 0;
  #problems: readonly string[] = ['data plane: not programmed yet'];

  constructor(options: DataPlaneOptions) {
    this.#options = options;
  }

  /** Begins to forward for what the agent holds: call it when that is all loaded, or what is not counts as deleted. */
  start(): void {
    this.#options.directory.watch(() => this.changed());
    this.#begin();
  }

  /** Ports may have changed. Cheap: many calls lead to one round. */
  changed(): void {
    if (this.#round !== undefined) this.#again = true;
    else if (this.#failedCount === 0 && this.#hasRecalled) this.#begin();
  }

  /** What is wrong at the moment, in words for operators. */
  problems(): readonly string[] {
    return this.#problems;
  }

  /** Finishes what `changed` has called for. What is installed stays. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#options.directory.close();
    await this.#round;
    this.#options.bridge.close();
    this.#options.release?.();
  }

  #begin(): void {
    if (this.#isClosed || this.#round !== undefined) return;
    this.#cancelTimer();
    this.#round = this.#rounds().finally(() => (this.#round = undefined));
  }

  async #rounds(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#converge();
      } catch (error) {
        this.#failed(error as Error);
        return;
      }
    } while (this.#again);
    this.#beginIn(CHECK_MS);
  }

  async #converge(): Promise<void> {
    const { bridge, directory, meter, log, clock } = this.#options;
    const beganMs = performance.now();
    if (!this.#hasRecalled) this.#recall();
    const { announcements, problems } = directory.others();
    const ports = this.#forwardedPorts(clock.now());
    this.#labels = allotLabels(this.#labels, new Set(ports.map(({ network }) => network)));
    await this.#ensureLinks(announcements.map((peer) => peer.bridge));
    const peers = announcements.map((peer) => ({ ...peer, link: this.#links.get(peer.bridge) ?? 0 }));
    const flows = desiredFlows({ ports, labels: this.#labels.byNetwork, peers });
    const changed = await bridge.become(flows);
    // Others send here as soon as they read it: so only now.
    this.#announce(announcementText(bridge.name, this.#labels, ports));
    if (this.#failedCount > 0) log.info({ failedCount: this.#failedCount }, 'the data plane works again');
    this.#failedCount = 0;
    this.#problems = problems.map((problem) => `data plane: ${problem}`);
    meter.applied((performance.now() - beganMs) / 1000, changed);
    log.debug({ flows: flows.length, changed }, 'flows are up to date');
  }

  /** Labels and ages as earlier lives announced them: other agents go on sending by them. */
  #recall(): void {
    let own: PeerAnnouncement | undefined;
    try {
      own = this.#options.directory.own();
    } catch (error) {
      this.#options.log.warn({ err: error }, 'what was announced last is lost; it is announced anew');
    }
    for (const { network, macs } of own?.networks ?? [])
      for (const [mac, sinceMs] of macs) this.#since.set(`${network} ${mac}`, sinceMs);
    this.#labels = own?.labels ?? NO_LABELS;
  }

  #forwardedPorts(nowMs: number): readonly ForwardedPort[] {
    const enabled = [...this.#options.ports()].filter(({ linkState }) => linkState === LINK_UP);
    // Loaded, but never announced: as old as can be, so that it takes no machine away from another agent.
    const newSinceMs = this.#hasRecalled ? nowMs : 0;
    const ports = enabled.map(({ port }) => ({
      mac: port['mac-address'],
      network: port['vn-id'],
      rxVlan: vlanOf(port['rx-vlan-id']),
      txVlan: vlanOf(port['tx-vlan-id']),
      sinceMs: this.#since.get(`${port['vn-id']} ${port['mac-address']}`) ?? newSinceMs,
    }));
    this.#hasRecalled = true;
    this.#since.clear();
    for (const { network, mac, sinceMs } of ports) this.#since.set(`${network} ${mac}`, sinceMs);
    return ports;
  }

  async #ensureLinks(peers: readonly string[]): Promise<void> {
    if (this.#linksAreChecked && peers.every((peer) => this.#links.has(peer))) return;
    this.#links = await this.#options.bridge.ensure(peers);
    this.#linksAreChecked = true;
  }

  #announce(text: string): void {
    if (text === this.#announced) return;
    this.#options.directory.announce(text);
    this.#announced = text;
  }

  #failed(error: Error): void {
    const { log, meter } = this.#options;
    this.#failedCount += 1;
    meter.failed();
    this.#problems = [`data plane: ${error.message}`];
    if (this.#failedCount === 1)
      log.error({ err: error }, 'the data plane could not be changed; trying again');
    this.#linksAreChecked = false;
    this.#beginIn(Math.min(RETRY_MS_MIN * 2 ** (this.#failedCount - 1), RETRY_MS_MAX));
  }

  #beginIn(delayMs: number): void {
    if (this.#isClosed) return;
    this.#cancelTimer = this.#options.clock.schedule(delayMs, () => this.#begin());
  }
}
