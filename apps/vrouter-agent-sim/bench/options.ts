export interface BenchOptions {
  /** Medians are taken over so many rounds. */
  readonly rounds: number;
  /** Saved ports at the start. */
  readonly ports: number;
  /** Single adds per round; durability `file` and prism get a tenth of them. */
  readonly adds: number;
  /** Single adds without a pause; more than may wait for their files. */
  readonly sustained: number;
  /** Where state folders are made: the disk that is measured. */
  readonly folder: string;
}

export const CONNECTIONS = 64;
/** Ports in an array. */
export const ARRAY = 64;
