import { median } from './quantile.ts';

/** What came of measuring one server. */
export type Outcome<R> =
  | { readonly type: 'measured'; readonly rounds: readonly R[] }
  | { readonly type: 'skipped'; readonly why: string }
  | { readonly type: 'failed'; readonly why: string };

/** Something that can be measured by its name, or says why it can't be here. */
export type Contender = { readonly name: string; readonly missing?: () => string | undefined };

export type Measured<C extends Contender, R> = { readonly of: C; readonly outcome: Outcome<R> };

/**
 * Measures all once, then all again: A B C A B C …, so that what else happens on the machine falls
 * on all alike. One that fails is out for the rest.
 */
export const inRounds = async <C extends Contender, R>(
  contenders: readonly C[],
  rounds: number,
  measure: (contender: C) => Promise<R>,
  tell: (progress: string) => void,
): Promise<readonly Measured<C, R>[]> => {
  const outcomes = new Map<C, Outcome<R>>();
  for (const it of contenders) {
    const why = it.missing?.();
    outcomes.set(
      it,
      why === undefined ? { type: 'measured', rounds: [] } : { type: 'skipped', why },
    );
  }
  for (let round = 1; round <= rounds; round += 1)
    for (const [it, so] of outcomes) {
      if (so.type !== 'measured') continue;
      tell(`round ${round} of ${rounds}: ${it.name}`);
      try {
        outcomes.set(it, { type: 'measured', rounds: [...so.rounds, await measure(it)] });
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        tell(`${it.name} failed: ${why}`);
        outcomes.set(it, { type: 'failed', why });
      }
    }
  return [...outcomes].map(([of, outcome]) => ({ of, outcome }));
};

/** All rounds of those that were measured. */
export const measured = <C extends Contender, R>(
  all: readonly Measured<C, R>[],
): readonly { readonly of: C; readonly rounds: readonly R[] }[] =>
  all.flatMap(({ of, outcome }) =>
    outcome.type === 'measured' ? [{ of, rounds: outcome.rounds }] : [],
  );

/** The median of a figure over the rounds of one of them. NaN if it was not measured. */
export const medianOver = <C extends Contender, R>(
  all: readonly Measured<C, R>[],
  contender: C,
  figure: (round: R) => number,
): number => median((measured(all).find(({ of }) => of === contender)?.rounds ?? []).map(figure));

/** Those that were not measured, each with the reason. */
export const leftOut = <C extends Contender, R>(
  all: readonly Measured<C, R>[],
): readonly string[] =>
  all.flatMap(({ of, outcome }) =>
    outcome.type === 'measured' ? [] : [`${of.name}: ${outcome.type}, ${outcome.why}`],
  );
