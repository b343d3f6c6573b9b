import { join } from 'node:path';
import type { StoreParts } from '../../store-parts.ts';
import type { ConfigDelivery } from '../config/config-delivery.ts';
import { stampMembers } from '../files/format.modern.ts';
import { PlainFiles } from '../files/plain-files.ts';
import { VM_FOLDER } from '../files/plain-port-files.ts';
import { prettyObject } from '../json/write.ts';
import type { FilePlace, Subscription, SubscriptionRules } from './subscription.ts';

export interface SubscriptionsOptions {
  readonly parts: StoreParts;
  readonly rules: SubscriptionRules;
  readonly delivery: ConfigDelivery;
  readonly noticesShortWrites: boolean;
  /** Of a subscription that is added now. */
  readonly generation: () => number;
}

/** The subscriptions of VMs, in memory and in their files. Changes are done one after another. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #plain: PlainFiles;
  readonly #byKey = new Map<string, Subscription>();
  #lastChange: Promise<void> = Promise.resolve();

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
    this.#plain = new PlainFiles({ ...options.parts, ...options });
  }

  get all(): Iterable<Subscription> {
    return this.#byKey.values();
  }

  /** Writes the file unless there is one, then takes it. What cannot be written is not taken, and nobody is told. */
  add(wanted: Omit<Subscription, 'generation'>): Promise<void> {
    return this.#change(async () => {
      const subscription = { ...wanted, generation: this.#options.generation() };
      try {
        await this.#write(subscription);
      } catch (error) {
        this.#options.parts.log.warn(
          { err: error },
          'a subscription could not be written, so it was not taken',
        );
        return;
      }
      this.#take(subscription);
    });
  }

  /** One that was read from its file. */
  reload(wanted: Omit<Subscription, 'generation'>): void {
    this.#take({ ...wanted, generation: this.#options.generation() });
  }

  delete(vmId: string): Promise<void> {
    return this.#change(() => this.#remove(this.#of(vmId)));
  }

  /** These and no others, in memory and in files; what others of their names hold is lost. */
  replace(wanted: readonly Subscription[]): Promise<void> {
    return this.#change(async () => {
      const { rules } = this.#options;
      for (const place of [...this.all].map((one) => rules.place(one)))
        await this.#plain.remove(this.#folderOf(place), place.name);
      this.#byKey.clear();
      for (const subscription of wanted) {
        await this.#write(subscription);
        this.#byKey.set(rules.key(subscription), subscription);
      }
    });
  }

  /** Those older than `generation` go, with all others of their VMs. */
  sweep(generation: number): Promise<void> {
    return this.#change(async () => {
      const old = [...this.all].filter((subscription) => subscription.generation < generation);
      for (const { vmId } of old) await this.#remove(this.#of(vmId));
    });
  }

  /** Resolves when all changes so far are done. */
  settled(): Promise<void> {
    return this.#lastChange;
  }

  #of(vmId: string): Subscription[] {
    return [...this.all].filter((subscription) => subscription.vmId === vmId);
  }

  /** Only the generation of a known one changes. */
  #take(subscription: Subscription): void {
    const key = this.#options.rules.key(subscription);
    const known = this.#byKey.get(key);
    const { generation } = subscription;
    this.#byKey.set(key, known === undefined ? subscription : { ...known, generation });
  }

  async #write(subscription: Subscription): Promise<void> {
    const { parts, rules } = this.#options;
    const place = rules.place(subscription);
    const folder = this.#folderOf(place);
    if (place.folder !== undefined) {
      if (/[/\0]|^\.\.$/.test(place.folder)) throw new Error(`${place.folder} is no name of a folder`);
      await parts.files.makeFolder(folder);
    }
    const stamp = stampMembers({ author: parts.author, timeMs: parts.now() });
    await this.#plain.create(folder, place.name, prettyObject([...rules.members(subscription), ...stamp]));
  }

  async #remove(subscriptions: readonly Subscription[]): Promise<void> {
    const { rules, delivery } = this.#options;
    for (const subscription of subscriptions) {
      if (rules.isDeleteForKnownOnly && !delivery.isDelivered(subscription.vmiId)) continue;
      this.#byKey.delete(rules.key(subscription));
      const place = rules.placeOfDeleted(subscription);
      await this.#plain.remove(this.#folderOf(place), place.name);
    }
  }

  #folderOf({ folder = '' }: FilePlace): string {
    return join(this.#options.parts.places.ports, VM_FOLDER, folder);
  }

  #change(change: () => Promise<void>): Promise<void> {
    const done = this.#lastChange.then(change);
    this.#lastChange = done.catch(() => undefined); // told to whoever asked for it
    return done;
  }
}
