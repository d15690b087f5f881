import { limits, type Outcome, type Problem, problem } from '@partyline/protocol';
import type { Grant } from '../people/bot.ts';
import type { Changes } from '../store/port.ts';
import type { InstanceRow } from '../store/rows.ts';
import type { Asked, Decider } from './commands/asked.ts';
import { deciders } from './commands/table.ts';
import { type Circumstances, Draft } from './draft.ts';
import type { Effect } from './effect.ts';
import type { Loaded } from './loaded.ts';
import { Unloaded } from './rows.ts';
import { tasks } from './tasks/table.ts';
import type { Answer, Publish, Task, Work } from './work.ts';

/** What a batch, or as much of it as could be decided, comes to. */
export type Decision = {
  /** One for each work decided, in order. */
  readonly answers: readonly Answer[];
  readonly changes: Changes | undefined;
  readonly effects: readonly Effect[];
  /** Works whose decision threw: bugs. They are refused, and the others go on. */
  readonly failures: readonly { readonly work: Work; readonly error: unknown }[];
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: an id is one visible line in every log
const control = /[\u0000-\u001f\u007f]/;

const refuse = (id: string, it: Problem): Outcome => ({ id, type: 'refused', problem: it });

const decidePublish = (draft: Draft, { by, envelope, grant }: Publish): Outcome => {
  const { id, session, command, trace } = envelope;
  const instance = grant === undefined ? draft.instance(by) : botAt(by, grant);
  if (instance === undefined) return refuse(id, problem('instance-unknown', { instance: by }));
  if (control.test(id) || !id.isWellFormed())
    return refuse(id, problem('id-bad', { limit: limits.idCodePoints }));
  if (grant !== undefined && command.type !== 'announce')
    return refuse(id, problem('token-scope', { needed: command.type }));
  // The table pairs each type with its decider, which the compiler can't follow through a lookup.
  const decide = deciders[command.type] as Decider<typeof command.type>;
  const asked = { draft, id, session, command, by: instance, grant, trace };
  const answer = decide(asked as Asked<typeof command.type>);
  return 'code' in answer ? refuse(id, answer) : { id, ...answer };
};

/** A bot needs no hello to say something. */
const botAt = (instance: string, { bot, rooms, until }: Grant): InstanceRow => ({
  ...{ instance, kind: bot, endpoints: [], commands: [], rooms: [], startedAt: 0, leaseUntil: 0 },
  bot: { bot, rooms, until },
});

const decideTask = (draft: Draft, task: Task): Answer =>
  (tasks[task.type] as (draft: Draft, task: Task) => Answer)(draft, task);

const decideOne = (draft: Draft, work: Work): Answer =>
  work.type === 'publish' ? decidePublish(draft, work) : decideTask(draft, work);

/** What the work at `index` did instead of being decided. */
type Interruption = { readonly index: number; readonly error: unknown };

const attempt = (
  draft: Draft,
  works: readonly Work[],
  failed: ReadonlyMap<number, unknown>,
): readonly Answer[] | Interruption => {
  const answers: Answer[] = [];
  for (const [index, work] of works.entries())
    try {
      const isRefused = work.type === 'publish' && failed.has(index);
      answers.push(
        isRefused ? refuse(work.envelope.id, problem('internal')) : decideOne(draft, work),
      );
    } catch (error) {
      return { index, error };
    }
  return answers;
};

/**
 * Decides a batch, in order; pure. The batch ends early before a work that depends on what an
 * earlier one of it changed, so that it wasn't loaded: that one is the next batch's. A decision
 * that throws may have written half of itself into the draft, so the draft is thrown away and the
 * rest decided anew.
 */
export const decide = (
  loaded: Loaded,
  works: readonly Work[],
  circumstances: Circumstances,
): Decision => {
  const failed = new Map<number, unknown>();
  let batch = works;
  for (;;) {
    const draft = new Draft(loaded, circumstances);
    const answers = attempt(draft, batch, failed);
    if (!('index' in answers)) {
      const failures = batch.flatMap((work, index) =>
        failed.has(index) ? [{ work, error: failed.get(index) }] : [],
      );
      return { answers, failures, ...draft.finish() };
    }
    const { index, error } = answers;
    if (error instanceof Unloaded && index > 0) batch = batch.slice(0, index);
    else if (batch[index]?.type === 'publish') failed.set(index, error);
    else throw error;
  }
};
