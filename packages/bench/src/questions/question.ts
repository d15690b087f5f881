import type { Table } from '../report/table.ts';

export type Options = {
  readonly rounds: number;
  /** Small sizes and short times, to see that everything works; the figures mean nothing. */
  readonly quick: boolean;
  readonly tell: (progress: string) => void;
};

export type Report = {
  readonly title: string;
  /** What was done, and how to read the table. */
  readonly method: string;
  readonly table: Table;
  /** Why a server is not in the table. */
  readonly left: readonly string[];
  /** All figures of all rounds. */
  readonly data: unknown;
};

export type Question = (options: Options) => Promise<Report>;
