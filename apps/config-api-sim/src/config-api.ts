import { Refusal } from './errors.ts';
import { create } from './model/create.ts';
import { checkDelete } from './model/delete.ts';
import { firstObjects } from './model/first-objects.ts';
import { prettyName } from './model/python-text.ts';
import { refUpdate } from './model/ref-update.ts';
import { select, type Selected, type Selection } from './model/select.ts';
import { State } from './model/state.ts';
import type { Change, StoredObject } from './model/stored-object.ts';
import type { TypeName } from './model/types.ts';
import { update } from './model/update.ts';
import { view, type Extent } from './model/view.ts';
import type { ObjectStore } from './store/object-store.ts';

type Body = Readonly<Record<string, unknown>>;

export interface Surroundings {
  readonly store: ObjectStore;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newUuid: () => string;
}

/** The model with hands: every change is decided, saved, and only then made and answered. Throws `Refusal`. */
export class ConfigApi {
  readonly #store: ObjectStore;
  readonly #now: () => number;
  readonly #newUuid: () => string;
  #state: State;

  constructor({ store, now, newUuid }: Surroundings) {
    this.#store = store;
    this.#now = now;
    this.#newUuid = newUuid;
    this.#state = new State(store.load());
    if (this.#state.graph.count('domain') === 0) this.reset();
  }

  get state(): State {
    return this.#state;
  }

  create(type: TypeName, body: Body): StoredObject {
    const object = create(this.#state, type, body, { uuid: this.#newUuid(), now: this.#time() });
    this.#commit({ kind: 'put', object });
    return object;
  }

  read(type: TypeName, uuid: string, extent: Extent): Record<string, unknown> {
    return this.show(this.#find(type, uuid, `Unknown id: ${uuid}`), extent);
  }

  show(object: StoredObject, extent: Extent): Record<string, unknown> {
    return view(this.#state, object, extent);
  }

  list(type: TypeName, selection: Selection): Selected {
    return select(this.#state, type, selection);
  }

  update(type: TypeName, uuid: string, body: Body): void {
    const before = this.#find(type, uuid, `Unknown id: ${uuid}`);
    this.#commit({ kind: 'put', object: update(this.#state, before, body, this.#time()) });
  }

  updateReference(body: Body): StoredObject {
    const object = refUpdate(this.#state, body, this.#time());
    this.#commit({ kind: 'put', object });
    return object;
  }

  delete(type: TypeName, uuid: string): void {
    const object = this.#find(type, uuid, `ID ${uuid} does not exist`);
    checkDelete(this.#state, object);
    this.#commit({ kind: 'remove', uuid });
  }

  uuidOf(type: TypeName, fqName: readonly string[]): string {
    const uuid = this.#state.graph.uuidOf(type, fqName);
    if (uuid === undefined) throw new Refusal('NAME_NOT_FOUND', `Name ${prettyName(fqName)} not found`);
    return uuid;
  }

  nameOf(uuid: string): Pick<StoredObject, 'type' | 'fqName'> {
    const object = this.#state.graph.get(uuid);
    if (object === undefined) throw new Refusal('ID_NOT_FOUND', `UUID ${uuid} not found`);
    return object;
  }

  /** All objects as they are kept, in order of creation. */
  snapshot(): StoredObject[] {
    return [...this.#state.graph.all()];
  }

  /** Puts `objects` in the place of everything. */
  load(objects: readonly StoredObject[]): void {
    const state = new State(objects);
    this.#store.replaceAll(objects);
    this.#state = state;
  }

  /** Back to what a new server has. */
  reset(): void {
    this.load(firstObjects(this.#time(), this.#newUuid));
  }

  #find(type: TypeName, uuid: string, unknownText: string): StoredObject {
    const object = this.#state.graph.get(uuid);
    if (object === undefined) throw new Refusal('ID_NOT_FOUND', unknownText);
    if (object.type === type) return object;
    throw new Refusal('ID_NOT_FOUND', `No ${type} object found for id ${uuid}`);
  }

  #commit(change: Change): void {
    try {
      this.#store.save(change);
    } catch (error) {
      throw new Refusal('NOT_SAVED', `The change could not be saved: ${(error as Error).message}`);
    }
    this.#state.apply(change);
  }

  #time(): string {
    return new Date(this.#now()).toISOString();
  }
}
