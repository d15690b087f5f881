import { randomUUID } from 'node:crypto';
import {
  type Envelope,
  isProblem,
  type Locale,
  type Outcome,
  type ProbeReport,
  type ProbeState,
  type StreamLineOf,
} from '@partyline/protocol';
import type { Log } from '@partyline/service';
import { NICK } from '../chat/said.ts';
import type { GuardedProbe } from '../probe/guard.ts';
import { Lanes } from '../probe/lanes.ts';
import { changeBetween, changeCard, changeText } from './change.ts';

/** Watched names that are looked up at once; the others wait. */
const AT_ONCE = 8;

type Watch = StreamLineOf<'watch'>;

/** What there is to say of a watched name beside what was so before; undefined when nothing. */
const newsOf = (
  { state: before }: Watch,
  report: ProbeReport,
  after: ProbeState,
  locale: Locale,
) => {
  const change = before && changeBetween(report, before, after);
  if (before === undefined || change === undefined) return undefined;
  const card = changeCard(change);
  const text = changeText(change, before.differences, locale);
  return { text, nick: NICK, ...(card !== undefined && { card }) };
};

/** Looks up the watched names that chat-core hands out, and tells it what it found. */
export const createWatchman = (options: {
  /** Tells private addresses too: `stateOf` sees to what is told of them. */
  readonly probe: GuardedProbe;
  readonly stateOf: (report: ProbeReport) => ProbeState | undefined;
  readonly publish: (envelope: Envelope) => Promise<Outcome>;
  readonly instance: string;
  readonly locale: Locale;
  readonly log: Log;
}): { take(watch: Watch): void } => {
  const { probe, stateOf, publish, instance, locale, log } = options;
  const lanes = new Lanes(AT_ONCE);

  const look = async (watch: Watch): Promise<void> => {
    const { room, name, types, revision } = watch;
    const report = await probe({ name, ...(types !== '' && { type: types }) }, room);
    if (isProblem(report)) {
      log.warn({ room, name, types, problem: report }, 'a watched name can not be looked up');
      return;
    }
    const state = stateOf(report);
    if (state === undefined) return;
    const news = newsOf(watch, report, state, locale);
    const outcome = await publish({
      ...{ id: randomUUID(), session: instance },
      command: {
        ...{ type: 'observe', room, name, types, revision, state },
        ...(news !== undefined && { news }),
      },
    });
    if (outcome.type === 'refused')
      log.warn({ room, name, problem: outcome.problem }, 'what was found of a name was refused');
  };

  return {
    take: (watch) => {
      lanes
        .run(() => look(watch))
        .catch((error: unknown) => log.error({ err: error }, 'a watched name was not looked up'));
    },
  };
};
