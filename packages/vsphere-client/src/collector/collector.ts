import type { SoapClient } from '../soap/soap-client.ts';
import { child, type XmlElement } from '../xml/element.ts';
import { VsphereError } from '../errors.ts';
import { textElement, type Reference } from '../xml/write.ts';
import { filterSpec, type Start } from './filter-spec.ts';
import { updateSetReader, type UpdateSet } from './update-set.ts';

/** More objects than these come in several sets. */
const OBJECT_UPDATES_MAX = 1_000;
const CALL_TIME_MS_MAX = 30_000;
/** vCenter may need this long for an answer after the wait it was allowed. */
const ANSWER_TIME_MS_MAX = 30_000;
/** The first answer holds everything. */
const READ_TIME_MS_MAX = 120_000;

/** A property collector of our own: nobody else's filters report into it, and it ends with the session. */
export class Collector {
  readonly #client: SoapClient;
  /** Its own name. */
  readonly reference: Reference;
  readonly #signal: AbortSignal;

  static async create(client: SoapClient, shared: Reference, signal: AbortSignal): Promise<Collector> {
    const limits = { signal, timeoutMs: CALL_TIME_MS_MAX };
    const self = returned(await client.call('CreatePropertyCollector', shared, '', limits));
    return new Collector(client, self, signal);
  }

  private constructor(client: SoapClient, self: Reference, signal: AbortSignal) {
    this.#client = client;
    this.reference = self;
    this.#signal = signal;
  }

  /** Whole properties only: vCenter would otherwise report changes by paths into them. */
  async createFilter(starts: readonly Start[]): Promise<Reference> {
    const args = `${filterSpec(starts)}<partialUpdates>false</partialUpdates>`;
    const limits = { signal: this.#signal, timeoutMs: CALL_TIME_MS_MAX };
    return returned(await this.#client.call('CreateFilter', this.reference, args, limits));
  }

  async destroyFilter(filter: Reference): Promise<void> {
    const limits = { signal: this.#signal, timeoutMs: CALL_TIME_MS_MAX };
    await this.#client.call('DestroyPropertyFilter', filter, '', limits);
  }

  /** All there is now, or what follows the truncated set of `version`. Undefined: nothing more. */
  read(version: string): Promise<UpdateSet | undefined> {
    return this.#wait(version, 0, READ_TIME_MS_MAX);
  }

  /** What changed since `version`, waiting for it. Undefined: nothing did. */
  poll(version: string, waitSecondsMax: number): Promise<UpdateSet | undefined> {
    return this.#wait(version, waitSecondsMax, waitSecondsMax * 1_000 + ANSWER_TIME_MS_MAX);
  }

  async #wait(version: string, waitSecondsMax: number, timeoutMs: number): Promise<UpdateSet | undefined> {
    const options =
      textElement('maxWaitSeconds', waitSecondsMax) + textElement('maxObjectUpdates', OBJECT_UPDATES_MAX);
    const args = `${textElement('version', version)}<options>${options}</options>`;
    const reader = updateSetReader();
    const limits = { signal: this.#signal, timeoutMs, sieve: reader };
    return reader.close(await this.#client.call('WaitForUpdatesEx', this.reference, args, limits));
  }
}

function returned(response: XmlElement): Reference {
  const value = child(response, 'returnval');
  if (value?.refType !== undefined && value.text !== '') return { type: value.refType, value: value.text };
  throw new VsphereError('BAD_ANSWER', `${response.name} has no reference in it`);
}
