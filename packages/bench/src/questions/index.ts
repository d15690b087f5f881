import { crowd } from './crowd.ts';
import { durable, durableOnPostgres } from './durable.ts';
import { fanOut } from './fan-out.ts';
import { idle } from './idle.ts';
import { latency } from './latency.ts';
import { pages } from './pages.ts';
import type { Question } from './question.ts';
import { search } from './search.ts';
import { storm } from './storm.ts';

/** What is asked, by the name that it is asked for on the command line. */
export const questions: Readonly<Record<string, Question>> = {
  'fan-out': fanOut,
  durable,
  'durable-postgres': durableOnPostgres,
  idle,
  latency,
  crowd,
  storm,
  pages,
  search,
};
