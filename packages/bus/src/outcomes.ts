import type { Outcome } from '@partyline/protocol';

/**
 * The outcomes of a batch, one a line; undefined unless there is one for each id, in order. A line
 * that the bus could not read has an outcome without an id.
 */
export const readOutcomes = (
  ndjson: string,
  ids: readonly string[],
): readonly Outcome[] | undefined => {
  try {
    const lines = ndjson.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const outcomes = lines.map((line): Outcome => JSON.parse(line));
    const isEachs = ids.every((id, index) => {
      const it = outcomes[index];
      return it?.id === id || (it?.id === '' && it.type === 'refused');
    });
    return isEachs && outcomes.length === ids.length ? outcomes : undefined;
  } catch {
    return undefined;
  }
};
