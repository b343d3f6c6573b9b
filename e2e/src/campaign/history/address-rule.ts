import { takenBy, Violation } from '@vrouter/testkit/history';
import type { HistoryEvent } from './event.ts';

/** A port that an agent has for certain, with an address. */
interface Claim {
  readonly agent: string;
  readonly id: string;
  readonly vm: string;
  /** After the id of its network. */
  readonly address: string;
  /** From then on without a doubt in between. */
  readonly sinceMs: number;
}

/** A broken promise, and the agent where it was seen. */
export interface AddressFault {
  readonly agent: string;
  readonly violation: Violation;
}

/**
 * Where the plugin is the one who releases addresses, nobody else gets an address before every agent has confirmed that
 * the port is gone. What an agent only may have counts for nothing: each fault is one for certain.
 */
export class AddressRule {
  #claims: ReadonlyMap<string, Claim> = new Map();
  /** How many addresses that agents had were looked for in the config API. */
  addresses = 0;

  /** After each event, with what each agent has for certain by then. */
  look(
    event: HistoryEvent,
    agents: readonly { readonly name: string; readonly ports: ReadonlyMap<string, string> }[],
  ): AddressFault | undefined {
    this.#claims = this.#renewed(event.atMs, agents);
    if (event.kind !== 'addresses') return this.#twice();
    return this.#free(event);
  }

  #renewed(atMs: number, agents: Parameters<AddressRule['look']>[1]): Map<string, Claim> {
    const claims = new Map<string, Claim>();
    for (const { name: agent, ports } of agents)
      for (const [id, record] of ports) {
        const { vm, addresses } = takenBy(record);
        for (const address of addresses) {
          const key = [agent, id, vm, address].join(' ');
          claims.set(key, this.#claims.get(key) ?? { agent, id, vm, address, sinceMs: atMs });
        }
      }
    return claims;
  }

  #twice(): AddressFault | undefined {
    const holders = new Map<string, Claim>();
    for (const claim of this.#claims.values()) {
      const other = holders.get(claim.address) ?? claim;
      holders.set(claim.address, other);
      if (other.id !== claim.id || other.vm !== claim.vm)
        return fault(claim, `${holderText(claim)}, and ${holderText(other)}`);
    }
    return undefined;
  }

  /** A reading takes time: only a port that was there before it began, and all the while, counts. */
  #free({ sinceMs, taken }: Extract<HistoryEvent, { readonly kind: 'addresses' }>): AddressFault | undefined {
    const known = new Set(taken);
    const claims = [...this.#claims.values()].filter((claim) => claim.sinceMs <= sinceMs);
    this.addresses += claims.length;
    const claim = claims.find(({ address }) => !known.has(address));
    return claim && fault(claim, `${holderText(claim)}, and the address is free in the config API`);
  }
}

function fault({ agent, address }: Claim, text: string): AddressFault {
  return { agent, violation: new Violation('one-port-per-address', `${address}: ${text}`) };
}

function holderText({ agent, id, vm }: Claim): string {
  return `${agent} has port ${id} of VM ${vm}`;
}
