import { isDeepStrictEqual } from 'node:util';
import type { ConfigApiClient } from '@vrouter/config-api-client';
import type { Clock, Logger } from '@vrouter/service-kit';
import type { AgentsView } from '../agents-view.ts';
import { macOf } from '../find-interface.ts';
import type { FollowedPicture } from '../followed-picture.ts';
import { isOurs } from '../names.ts';
import { planMachine } from '../plan/plan-machine.ts';
import { planNetwork } from '../plan/plan-network.ts';
import type { Hold, Plan, PlanContext, Step } from '../plan/step.ts';
import type { Wanted } from '../plan/wanted.ts';
import { AddressReader } from './address-reader.ts';
import { DeletionBrake, type BrakeLimits, type BrakeReport, type Mirrored } from './deletion-brake.ts';
import { StepExecutor, type StepResult } from './carry-out.ts';
import { KeyedWork, type WorkResult } from './keyed-work.ts';

/** More rounds than any thing needs: each learns something new. */
const ROUNDS_MAX = 10;
const AGENTS_LOOK_MS = 20;

export interface ReconcilerParts {
  readonly api: ConfigApiClient;
  readonly picture: FollowedPicture;
  readonly agents: AgentsView;
  readonly clock: Clock;
  readonly log: Logger;
  readonly concurrency: number;
  readonly brake: BrakeLimits;
  readonly signal: AbortSignal;
  /** The picture has changed. */
  readonly onChange: () => void;
  /** The picture cannot be right. */
  readonly onDoubt: () => void;
}

/** Makes the config API equal to what is wanted: plans for each network and machine, carried out side by side. */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #executor: StepExecutor;
  readonly #addresses: AddressReader;
  readonly #work: KeyedWork;
  readonly #holds = new Map<string, readonly Hold[]>();
  readonly #obstacles = new Map<string, readonly string[]>();
  readonly #brake: DeletionBrake;
  /** Deletions of which nobody knows whether they were carried out. */
  readonly #doubts = new Map<string, Deletion>();
  #wanted: Wanted = { networks: new Map(), machines: new Map() };
  #wantedTexts = new Map<string, string>();
  #cancelLook: (() => void) | undefined;

  constructor(parts: ReconcilerParts) {
    const { api, picture, clock, signal, concurrency, onChange } = parts;
    this.#parts = parts;
    this.#executor = new StepExecutor(api, picture, signal);
    const onMissing = (): void => this.all();
    this.#addresses = new AddressReader({ api, picture, clock, signal, onRead: onChange, onMissing });
    this.#brake = new DeletionBrake(parts.brake, clock, () => this.#workOnObstacles());
    this.#work = new KeyedWork({ clock, concurrency, work: (key) => this.#workOn(key), onIdle: onChange });
  }

  get pending(): number {
    return this.#work.pending + this.#addresses.pending;
  }

  /** Why the config API is not written to, if it should be. */
  get awayReason(): string | undefined {
    return this.#work.awayReason;
  }

  problems(): { readonly subject: string; readonly text: string }[] {
    const stuck = [...this.#obstacles].flatMap(([key, texts]) => texts.map((text) => [key, text] as const));
    return [...this.#work.failures(), ...stuck].map(([key, text]) => ({
      subject: this.#subjectOf(key),
      text,
    }));
  }

  /** What changed since the last time becomes due. */
  want(wanted: Wanted): void {
    const texts = new Map<string, string>();
    for (const [uuid, each] of wanted.networks) texts.set(networkKey(uuid), JSON.stringify(each));
    for (const [uuid, each] of wanted.machines) texts.set(machineKey(uuid), JSON.stringify(each));
    const before = this.#wantedTexts;
    this.#wanted = wanted;
    this.#wantedTexts = texts;
    this.#brake.look(this.#mirrored());
    for (const [key, text] of texts) if (before.get(key) !== text) this.#work.add(key);
    for (const key of before.keys()) if (!texts.has(key)) this.#work.add(key);
  }

  /** Everything becomes due: what is wanted, and what is ours. */
  all(): void {
    const { networks, machines, interfaces } = this.#parts.picture.current;
    const keys = new Set(this.#wantedTexts.keys());
    for (const each of networks.values()) if (isOurs(each)) keys.add(networkKey(each.uuid));
    for (const each of machines.values()) if (isOurs(each)) keys.add(machineKey(each.uuid));
    for (const each of interfaces.values())
      if (isOurs(each)) for (const { uuid } of each.virtual_machine_refs) keys.add(machineKey(uuid));
    for (const key of keys) this.#work.add(key);
  }

  /** An agent has answered: maybe it has let go of what others wait for. Many answers are looked at together. */
  progress(): void {
    if (this.#holds.size === 0 && this.#obstacles.size === 0) return;
    this.#cancelLook ??= this.#parts.clock.schedule(AGENTS_LOOK_MS, () => {
      this.#cancelLook = undefined;
      const { agents } = this.#parts;
      const isFree = ({ portId, address }: Hold): boolean => {
        const held = agents.holds(portId);
        return held === undefined || (address !== undefined && !held.has(address));
      };
      for (const [key, holds] of this.#holds) if (holds.some(isFree)) this.#work.add(key);
      if (!agents.isBraked()) this.#workOnObstacles();
    });
  }

  #workOnObstacles(): void {
    for (const key of this.#obstacles.keys()) if (!this.#isWantedNetwork(key)) this.#work.add(key);
  }

  brake(): BrakeReport | undefined {
    return this.#brake.report();
  }

  /** An operator says that what is gone from vCenter is really gone. How many interfaces that are. */
  releaseBrake(): number {
    return this.#brake.release();
  }

  #mirrored(): Mirrored[] {
    const { agents, picture } = this.#parts;
    return [...picture.current.interfaces.values()].filter(isOurs).map((each) => {
      const mac = macOf(each);
      const wanted = each.virtual_machine_refs.flatMap(
        (ref) => this.#wanted.machines.get(ref.uuid)?.interfaces ?? [],
      );
      return {
        uuid: each.uuid,
        isGone: !wanted.some((one) => one.mac === mac),
        isHeld: () => agents.holds(each.uuid) !== undefined,
      };
    });
  }

  /** Its name may be taken, or its IP pool no use: nothing that an answer of an agent could change. */
  #isWantedNetwork(key: string): boolean {
    const [kind, uuid = ''] = key.split(' ');
    return kind === 'network' && this.#wanted.networks.has(uuid);
  }

  async stop(): Promise<void> {
    this.#cancelLook?.();
    this.#brake.stop();
    await this.#work.stop();
    await this.#addresses.stop();
  }

  async #workOn(key: string): Promise<WorkResult> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const doubt = this.#doubts.get(key);
      const unsettled = doubt && (await this.#settle(key, doubt));
      if (this.#parts.signal.aborted) return { kind: 'done' };
      if (unsettled !== undefined) return this.#fails(key, unsettled);
      const plan = this.#plan(key);
      note(this.#holds, key, plan.holds);
      note(this.#obstacles, key, plan.obstacles);
      if (plan.steps.length === 0) return { kind: 'done' };
      const failure = await this.#carryOut(key, plan.steps);
      if (this.#parts.signal.aborted) return { kind: 'done' };
      if (failure !== undefined) return this.#fails(key, failure);
    }
    this.#parts.onDoubt();
    return { kind: 'failed', reason: `no end after ${ROUNDS_MAX} rounds` };
  }

  /**
   * One step after the other, until something was learned, or the world has changed so that nothing may be taken away
   * any more. An address that is not to be had holds up nothing else.
   */
  async #carryOut(key: string, steps: readonly Step[]): Promise<StepFailure | undefined> {
    let refused: StepFailure | undefined;
    for (const step of steps) {
      const takesAway = step.kind === 'delete' || step.kind === 'detach';
      if (takesAway && !this.#plan(key).steps.some((each) => isDeepStrictEqual(each, step))) return refused;
      const result =
        step.kind === 'delete' ? await this.#delete(key, step) : await this.#executor.carryOut(step);
      if (this.#parts.signal.aborted || result.kind === 'learned') return undefined;
      if (result.kind === 'server-away') return result;
      if (result.kind === 'done') this.#follow(step);
      else {
        if (result.isPictureWrong) this.#parts.onDoubt();
        if (step.kind !== 'create' || step.type !== 'instance-ip') return result;
        refused ??= result;
      }
    }
    return refused;
  }

  /** Nobody is to build on what may be gone; not either while the server does not say whether it is. */
  async #delete(key: string, step: Deletion): Promise<StepResult> {
    this.#parts.picture.leaves(step.uuid);
    const result = await this.#executor.carryOut(step);
    if (result.kind === 'server-away') this.#doubts.set(key, step);
    else this.#settled(step);
    return result;
  }

  /** Asks what came of a deletion before anything is planned; undefined once that is known. */
  async #settle(key: string, doubt: Deletion): Promise<StepFailure | undefined> {
    const result = await this.#executor.look(doubt.type, doubt.uuid);
    if (result.kind === 'failed' || result.kind === 'server-away') return result;
    this.#doubts.delete(key);
    this.#settled(doubt);
    return undefined;
  }

  #settled({ uuid }: Deletion): void {
    this.#parts.picture.hasLeftOrStays(uuid);
    this.#parts.onChange();
  }

  #fails(key: string, { kind, reason }: StepFailure): WorkResult {
    this.#parts.log.warn(
      { subject: this.#subjectOf(key), reason },
      'the config API did not do it; will retry',
    );
    return { kind, reason };
  }

  #plan(key: string): Plan {
    const { agents, picture } = this.#parts;
    const holds = (portId: string): ReadonlySet<string> | undefined => agents.holds(portId);
    const isHeldBack = (id: string): boolean => this.#brake.holds(id);
    const context: PlanContext = { holds, isBraked: agents.isBraked(), isHeldBack };
    const [kind, uuid = ''] = key.split(' ');
    return kind === 'network'
      ? planNetwork(uuid, this.#wanted.networks.get(uuid), picture.current, context)
      : planMachine(uuid, this.#wanted.machines.get(uuid), picture.current, context);
  }

  /** What a step that was done makes possible elsewhere. */
  #follow(step: Step): void {
    if (
      step.kind === 'create' &&
      step.type === 'instance-ip' &&
      step.object.instance_ip_address === undefined
    )
      this.#addresses.want(step.object.uuid);
    if (step.kind === 'create' && step.type === 'virtual-network') this.#networkChanged(step.object.uuid);
    // It may have got a subnet, for adapters that had none to have an address of.
    if (step.kind === 'update' && step.type === 'virtual-network') this.#networkChanged(step.uuid);
    if (step.kind === 'delete') this.#somethingIsGone(step.type === 'virtual-network');
    this.#parts.onChange();
  }

  #networkChanged(network: string): void {
    for (const { uuid, interfaces } of this.#wanted.machines.values())
      if (interfaces.some((each) => each.network === network)) this.#work.add(machineKey(uuid));
  }

  /** A network that nobody uses any more can go, and then its name is free for another. */
  #somethingIsGone(isNetwork: boolean): void {
    const { networks } = this.#parts.picture.current;
    for (const each of networks.values())
      if (!this.#wanted.networks.has(each.uuid) && isOurs(each)) this.#work.add(networkKey(each.uuid));
    if (isNetwork)
      for (const uuid of this.#wanted.networks.keys())
        if (!networks.has(uuid)) this.#work.add(networkKey(uuid));
  }

  #subjectOf(key: string): string {
    const [kind, uuid = ''] = key.split(' ');
    const known = kind === 'network' ? this.#wanted.networks.get(uuid) : this.#wanted.machines.get(uuid);
    return known === undefined ? key : `${kind} ${known.name}`;
  }
}

type Deletion = Extract<Step, { readonly kind: 'delete' }>;
type StepFailure = Extract<StepResult, { readonly kind: 'failed' | 'server-away' }>;

function note<T>(notes: Map<string, readonly T[]>, key: string, list: readonly T[]): void {
  if (list.length === 0) notes.delete(key);
  else notes.set(key, list);
}

const networkKey = (uuid: string): string => `network ${uuid}`;
const machineKey = (uuid: string): string => `machine ${uuid}`;
