const SHOWN_CHARS_MAX = 2000;
const STEPS_MAX = 40;

/** One thing done to the agent, what came of it, and what was expected. */
export interface Step {
  readonly sent: string;
  readonly came: string;
  readonly expected: readonly string[];
}

/** What a check did, for the reports. Bounded: of very many steps the first are dropped. */
export class Recorder {
  readonly #steps: { sent: string; came: string; expected: string[] }[] = [];
  #droppedCount = 0;

  /** Begins a step; what is expected next belongs to it. Call the result with what came. */
  sent(text: string): (came: string) => void {
    const step = { sent: shortened(text), came: '', expected: [] };
    this.#steps.push(step);
    if (this.#steps.length > STEPS_MAX) {
      this.#steps.shift();
      this.#droppedCount += 1;
    }
    return (came) => (step.came = shortened(came));
  }

  expected(text: string): void {
    if (this.#steps.length === 0) this.sent('nothing')('');
    const expected = this.#steps.at(-1)?.expected;
    // What is looked at again and again is told once.
    if (expected?.at(-1) !== shortened(text)) expected?.push(shortened(text));
  }

  get steps(): readonly Step[] {
    if (this.#droppedCount === 0) return this.#steps;
    return [{ sent: `${this.#droppedCount} earlier steps`, came: '', expected: [] }, ...this.#steps];
  }
}

function shortened(text: string): string {
  if (text.length <= SHOWN_CHARS_MAX) return text;
  return `${text.slice(0, SHOWN_CHARS_MAX)}... (${text.length} characters)`;
}
