import { z } from 'zod';
import type { Change } from '../ports/model.ts';

const FORMAT = 1;
/** The file is written anew when it holds so many marks more than are still of use. */
const USELESS_MARKS_MAX = 10_000;

/** One line = one batch, so that a write cut short by a power failure can only spoil the last line. */
const Line = z.object({
  format: z.literal(FORMAT),
  generation: z.int().min(0).optional(),
  /** Generations whose sweep is still to come. */
  pending: z.array(z.int().min(0)).optional(),
  /** Port id to the generation of its last add. */
  seen: z.record(z.string(), z.int().min(0)).optional(),
});
type Line = z.infer<typeof Line>;

/** What to write for a batch: a line more, or the whole file. */
export interface MarksWrite {
  readonly kind: 'append' | 'replace';
  readonly line: Line;
  readonly text: string;
}

/** Which ports were seen by which generation, and which sweeps are to come: the content of the marks file. */
export class Marks {
  #generation = 0;
  #pending: readonly number[] = [];
  readonly #seen = new Map<string, number>();
  #writtenCount = 0;
  #lengthBytes = 0;

  /** Reads the file's text. Throws when a line other than the last is damaged, or of another format. */
  static parse(text: string): Marks {
    const marks = new Marks();
    const lines = text.split('\n').slice(0, -1); // without its end, a line was never acknowledged
    lines.forEach((line, index) => {
      const parsed = parseLine(line);
      if (parsed === undefined && index < lines.length - 1) throw new Error(`line ${index + 1} is damaged`);
      if (parsed !== undefined) marks.#take(parsed, 'append', Buffer.byteLength(line) + 1);
    });
    return marks;
  }

  get generation(): number {
    return this.#generation;
  }

  get pending(): readonly number[] {
    return this.#pending;
  }

  /** Bytes of the file that count. */
  get lengthBytes(): number {
    return this.#lengthBytes;
  }

  /** The generation of a port that was saved: older than every sweep to come, unless it was seen since. */
  generationOf(id: string): number {
    const oldest = this.#pending[0];
    return oldest === undefined ? this.#generation : (this.#seen.get(id) ?? oldest - 1);
  }

  /** What to write for `changes`; hand it to `written` once it is on disk. */
  writeFor(changes: readonly Change[]): MarksWrite | undefined {
    const line = lineOf(changes);
    if (line === undefined) return undefined;
    const isIdle = this.#pending.length === 0 || line.pending?.length === 0;
    const isFull = this.#writtenCount > 2 * this.#seen.size + USELESS_MARKS_MAX;
    if (!isIdle && !isFull) return writeOf('append', line);
    return writeOf('replace', this.#snapshotWith(line));
  }

  written({ kind, line, text }: MarksWrite): void {
    this.#take(line, kind, Buffer.byteLength(text));
  }

  /** All that is still of use, to begin a file anew. */
  snapshot(): MarksWrite {
    return writeOf('replace', this.#snapshotWith({ format: FORMAT }));
  }

  /** Sweeps to come are called off, and every port counts as seen: for marks that are known to be incomplete. */
  forget(): void {
    this.written(writeOf('replace', { format: FORMAT, generation: this.#generation, pending: [], seen: {} }));
  }

  #take(line: Line, kind: MarksWrite['kind'], bytes: number): void {
    if (kind === 'replace') {
      this.#seen.clear();
      this.#writtenCount = 0;
      this.#lengthBytes = 0;
    }
    this.#generation = line.generation ?? this.#generation;
    this.#pending = line.pending ?? this.#pending;
    for (const [id, generation] of Object.entries(line.seen ?? {})) {
      this.#seen.set(id, generation);
      this.#writtenCount += 1;
    }
    this.#lengthBytes += bytes;
  }

  #snapshotWith(line: Line): Line {
    const pending = line.pending ?? this.#pending;
    const generation = line.generation ?? this.#generation;
    const oldest = pending[0] ?? Infinity;
    const all = [...this.#seen, ...Object.entries(line.seen ?? {})];
    const seen = Object.fromEntries(all.filter(([, seenBy]) => seenBy >= oldest));
    return { format: FORMAT, generation, pending: [...pending], seen };
  }
}

function lineOf(changes: readonly Change[]): Line | undefined {
  const line: Line = { format: FORMAT };
  for (const change of changes) {
    if (change.kind === 'seen') (line.seen ??= {})[change.id] = change.generation;
    if (change.kind === 'generations') {
      line.generation = change.generation;
      line.pending = [...change.pending];
    }
  }
  return line.seen === undefined && line.generation === undefined ? undefined : line;
}

function writeOf(kind: MarksWrite['kind'], line: Line): MarksWrite {
  return { kind, line, text: `${JSON.stringify(line)}\n` };
}

function parseLine(text: string): Line | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format !== FORMAT) throw new UnknownMarksFormat(format);
  return Line.safeParse(json).data;
}

/** The folder was used by another version of the agent: guessing would put its ports at risk. */
export class UnknownMarksFormat extends Error {
  constructor(format: number) {
    super(`the marks are in format ${format}, this version reads format ${FORMAT}`);
  }
}
