import { ipPool } from '../decode/ip-pool.ts';
import { VsphereError } from '../errors.ts';
import type { PictureKeeper } from '../picture/picture-keeper.ts';
import type { IpPoolRecord, Picture } from '../picture/records.ts';
import type { Session } from '../soap/session.ts';
import type { SoapClient } from '../soap/soap-client.ts';
import { childrenNamed } from '../xml/element.ts';
import { referenceElement, type Reference } from '../xml/write.ts';

const CALL_TIME_MS_MAX = 30_000;

/**
 * Reads the IP pools that port groups name, one request for each data centre, and none where no port group names any.
 * No collector reports on pools: they are read with everything else, and when a port group names one never asked for.
 */
export class IpPoolReader {
  readonly #client: SoapClient;
  readonly #session: Session;
  readonly #keeper: PictureKeeper;
  readonly #signal: AbortSignal;
  #asked: ReadonlySet<number> = new Set();

  constructor(client: SoapClient, session: Session, keeper: PictureKeeper, signal: AbortSignal) {
    this.#client = client;
    this.#session = session;
    this.#keeper = keeper;
    this.#signal = signal;
  }

  async readAll(): Promise<void> {
    this.#asked = new Set();
    await this.readNew();
  }

  async readNew(): Promise<void> {
    const manager = this.#session.ipPoolManager;
    const picture = this.#keeper.picture();
    const named = namedIn(picture);
    if (manager === undefined || [...named].every((id) => this.#asked.has(id))) return;
    this.#asked = named;
    const pools = await this.#query(manager, picture);
    if (pools !== undefined) this.#keeper.setIpPools(pools);
  }

  /** Undefined when vCenter will not tell: what was known of pools stands, and the rest of the inventory with it. */
  async #query(manager: Reference, { places }: Picture): Promise<readonly IpPoolRecord[] | undefined> {
    const found: IpPoolRecord[] = [];
    for (const { kind, ref } of places.values()) {
      if (kind !== 'datacenter') continue;
      const args = referenceElement('dc', { type: 'Datacenter', value: ref });
      const limits = { signal: this.#signal, timeoutMs: CALL_TIME_MS_MAX };
      try {
        const answer = await this.#client.call('QueryIpPools', manager, args, limits);
        found.push(...childrenNamed(answer, 'returnval').flatMap((pool) => ipPool(pool) ?? []));
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    }
    return found;
  }
}

function namedIn({ networks }: Picture): ReadonlySet<number> {
  return new Set([...networks.values()].flatMap(({ ipPoolId }) => ipPoolId ?? []));
}

/** The end of the session is not an answer. */
function isRefusal(error: unknown): boolean {
  return error instanceof VsphereError && error.code === 'FAULT' && error.fault !== 'NotAuthenticated';
}
