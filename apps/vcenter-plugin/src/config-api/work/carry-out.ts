import type { ConfigApiClient, Conflict, Hindrance, NoAnswer, NotFound } from '@vrouter/config-api-client';
import type { FollowedPicture } from '../followed-picture.ts';
import { PICTURED_TYPES, type PicturedType } from '../picture.ts';
import type { Create, Step, Update } from '../plan/step.ts';
import { reasonOf } from '../reason.ts';
import { asRead } from './as-read.ts';

export type StepResult =
  | { readonly kind: 'done' }
  /** Not done, but the picture is better now: plan anew. */
  | { readonly kind: 'learned'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly isPictureWrong: boolean }
  | { readonly kind: 'server-away'; readonly reason: string };

/** What the server says when something that an object needs is gone. */
const MISSES_SOMETHING = /^(Parent .* does not exist|Unknown reference in resource)/;
const DONE: StepResult = { kind: 'done' };

/** Sends single steps to the config API and keeps the picture current. What came of a lost answer is looked up. */
export class StepExecutor {
  readonly #api: ConfigApiClient;
  readonly #picture: FollowedPicture;
  readonly #signal: AbortSignal;

  constructor(api: ConfigApiClient, picture: FollowedPicture, signal: AbortSignal) {
    this.#api = api;
    this.#picture = picture;
    this.#signal = signal;
  }

  carryOut(step: Step): Promise<StepResult> {
    switch (step.kind) {
      case 'create':
        return this.#create(step);
      case 'update':
        return this.#update(step);
      case 'delete':
        return this.#delete(step.type, step.uuid);
      case 'detach':
        return this.#detach(step.floatingIp, step.uuid);
    }
  }

  /** Reads one object into the picture. */
  async look(type: PicturedType, uuid: string): Promise<StepResult> {
    const fields = type === 'virtual-machine-interface' ? ['floating_ip_back_refs'] : [];
    const outcome = await this.#api.read(type, uuid, { fields, signal: this.#signal });
    if (outcome.kind === 'found') this.#picture.put(type, outcome.object);
    else if (outcome.kind === 'not-found') this.#picture.remove(type, uuid);
    else return failure(outcome);
    return { kind: 'learned', reason: `${type} ${uuid} is ${outcome.kind}` };
  }

  async #create({ type, object }: Create): Promise<StepResult> {
    const outcome = await this.#api.create(type, object, this.#signal);
    switch (outcome.kind) {
      case 'created':
        // The server completes a network; of the others nothing that matters.
        if (type === 'virtual-network') return this.#look(type, outcome.uuid, DONE);
        this.#picture.put(type, asRead(type, { ...object, uuid: outcome.uuid }));
        return DONE;
      case 'conflict':
        return this.#conflict(type, outcome);
      case 'not-found':
        return wrongPicture(outcome);
      case 'refused':
      case 'unauthorised':
      case 'unavailable':
        return this.#unknown(type, object.uuid, outcome);
    }
  }

  async #update({ type, uuid, changes }: Update): Promise<StepResult> {
    const outcome = await this.#api.update(type, uuid, changes, this.#signal);
    if (outcome.kind === 'done') return this.#look(type, uuid, DONE);
    if (outcome.kind === 'not-found') return this.look(type, uuid);
    return outcome.kind === 'conflict' ? wrongPicture(outcome) : this.#unknown(type, uuid, outcome);
  }

  async #delete(type: PicturedType, uuid: string): Promise<StepResult> {
    const outcome = await this.#api.delete(type, uuid, this.#signal);
    switch (outcome.kind) {
      case 'done':
      case 'not-found':
        this.#picture.remove(type, uuid);
        return DONE;
      case 'children-present':
        return this.#inTheWay(type, uuid, outcome.children, outcome.message);
      case 'still-referred':
        return this.#inTheWay(type, uuid, outcome.referrers, outcome.message);
      case 'conflict':
        return wrongPicture(outcome);
      case 'refused':
      case 'unauthorised':
      case 'unavailable':
        return this.#unknown(type, uuid, outcome);
    }
  }

  async #detach(floatingIp: string, uuid: string): Promise<StepResult> {
    const type = 'virtual-machine-interface';
    const outcome = await this.#api.updateReference(
      { operation: 'DELETE', type: 'floating-ip', uuid: floatingIp, refType: type, refUuid: uuid },
      this.#signal,
    );
    if (outcome.kind === 'done' || outcome.kind === 'not-found') return this.#look(type, uuid, DONE);
    return outcome.kind === 'conflict' ? wrongPicture(outcome) : this.#unknown(type, uuid, outcome);
  }

  /** What has our uuid, or our name, is looked at: it may be what an attempt before made. */
  #conflict(type: PicturedType, { over, uuid, message }: Conflict): Promise<StepResult> | StepResult {
    if ((over === 'uuid' || over === 'name') && uuid !== undefined) return this.look(type, uuid);
    return { kind: 'failed', reason: message, isPictureWrong: over === 'other' };
  }

  /** What hinders a deletion is looked at, and the object itself, which tells what is attached to it. */
  async #inTheWay(
    type: PicturedType,
    uuid: string,
    hindrances: readonly Hindrance[],
    message: string,
  ): Promise<StepResult> {
    const known = hindrances.flatMap((each) =>
      isPictured(each.type) ? [{ type: each.type, uuid: each.uuid }] : [],
    );
    for (const each of [{ type, uuid }, ...known]) {
      const result = await this.look(each.type, each.uuid);
      if (result.kind !== 'learned') return result;
    }
    return { kind: 'learned', reason: message };
  }

  /** An answer that was lost may have been a yes. */
  #unknown(type: PicturedType, uuid: string, outcome: NoAnswer): Promise<StepResult> | StepResult {
    return outcome.kind === 'unavailable' && outcome.sent && outcome.status === undefined
      ? this.look(type, uuid)
      : failure(outcome);
  }

  async #look(type: PicturedType, uuid: string, then: StepResult): Promise<StepResult> {
    const result = await this.look(type, uuid);
    return result.kind === 'learned' ? then : result;
  }
}

function failure(outcome: NoAnswer): StepResult {
  const reason = reasonOf(outcome);
  return outcome.kind === 'refused'
    ? { kind: 'failed', reason, isPictureWrong: outcome.status !== 400 || MISSES_SOMETHING.test(reason) }
    : { kind: 'server-away', reason };
}

function wrongPicture({ message }: NotFound | Conflict): StepResult {
  return { kind: 'failed', reason: message, isPictureWrong: true };
}

function isPictured(type: string): type is PicturedType {
  return (PICTURED_TYPES as readonly string[]).includes(type);
}
