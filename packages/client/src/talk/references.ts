import { type EventFrame, isReference, type ReferenceFrame } from '../line/event-frames.ts';

/** Edits, reactions and what was taken back, in the order of the log. */
export type References = readonly ReferenceFrame[];

/** How many are kept; the oldest are forgotten first. */
const KEPT_REFERENCES = 5_000;

/** Adds those among some events of the log that change how others are shown, each once. */
export const addReferences = (known: References, events: readonly EventFrame[]): References => {
  const last = known.at(-1)?.seq ?? 0;
  const found = events.filter(isReference);
  if (found.length === 0) return known;
  if (found.every((it, n) => it.seq > (n === 0 ? last : (found[n - 1]?.seq ?? 0))))
    return [...known, ...found].slice(-KEPT_REFERENCES);
  const bySeq = new Map([...known, ...found].map((it) => [it.seq, it]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq).slice(-KEPT_REFERENCES);
};
