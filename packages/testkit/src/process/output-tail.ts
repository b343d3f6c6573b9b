/** Enough for the end of a long log, and no more than a test can hold for many processes. */
const LENGTH_MAX = 256 * 1024;

/** The last lines of a stream of text, bounded, with word to those who wait for a line. */
export class OutputTail {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();
  #length = 0;
  #partial = '';

  append(text: string): void {
    const pieces = (this.#partial + text).split('\n');
    this.#partial = (pieces.pop() ?? '').slice(-LENGTH_MAX);
    for (const line of pieces) this.#add(line.slice(-LENGTH_MAX));
  }

  /** The complete lines still held, oldest first. */
  lines(): readonly string[] {
    return this.#lines;
  }

  /** All that is still held, the unfinished line included. */
  text(): string {
    return this.#lines.map((line) => `${line}\n`).join('') + this.#partial;
  }

  /** Tells `listener` every further line, until the returned function is called. */
  onLine(listener: (line: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #add(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
    if (this.#length > 2 * LENGTH_MAX) this.#forget();
    for (const listener of this.#listeners) listener(line);
  }

  /** Halves what is held, in one go: removing lines one by one costs a copy of the array each time. */
  #forget(): void {
    let count = 0;
    while (this.#length > LENGTH_MAX) this.#length -= (this.#lines[count++] ?? '').length + 1;
    this.#lines.splice(0, count);
  }
}
