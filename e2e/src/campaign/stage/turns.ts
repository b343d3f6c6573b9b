/** Those who must not get in each other's way take turns. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Carries `action` out once all before it are through, however they ended. */
  take<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
