import {
  type CommandOf,
  cardProblem,
  cleanText,
  isPairRoom,
  isProblem,
  limits,
  nickProblem,
  type Problem,
  problem,
  roomName,
  textProblem,
  type WatchInfo,
} from '@partyline/protocol';
import type { WatchKey, WatchRow } from '../../store/watches/rows.ts';
import { append, receiptOfRepeat } from '../log.ts';
import { roomFor } from '../membership.ts';
import { type Doer, doerServed, record } from '../moderation/doing.ts';
import { observed, unseen } from '../watching/hysteresis.ts';
import type { Asked, Decider } from './asked.ts';

const brief = ({ room, name, types, everyMs, by, at }: WatchRow): WatchInfo => ({
  ...{ room, name, types, everyMs, by, at },
});

export const watchInfo = (row: WatchRow): WatchInfo => ({
  ...brief(row),
  ...(row.told !== null && { state: row.told }),
});

type Asking = Pick<Asked<'watch'>, 'draft' | 'session' | 'by' | 'id'>;

/** A room that names are watched for; an operator can name one that isn't there yet. */
const placeOf = (asked: string): string | Problem =>
  isPairRoom(asked) ? problem('room-unknown', { room: asked }) : roomName(asked);

/** What is to be watched, or no longer, and who may have it so. */
const wanted = (
  asked: Asking,
  { room: place, name, types }: CommandOf<'watch' | 'unwatch'>,
): { readonly key: WatchKey; readonly by: Doer } | Problem => {
  const room = placeOf(place);
  if (isProblem(room)) return room;
  const by = doerServed(asked, room, 'watch');
  return 'code' in by ? by : { key: { room, name, types }, by };
};

const writeDown = ({ draft }: Asking, by: Doer, deed: string, key: WatchKey): void =>
  record(draft, by, { deed, room: key.room, target: key.name, detail: key.types });

/** Has a name looked up again and again, and the room told when it changes. */
export const watch: Decider<'watch'> = (asked) => {
  const { draft, command } = asked;
  const it = wanted(asked, command);
  if ('code' in it) return it;
  const { key, by } = it;
  const { everyMs = draft.rules.watchMs } = command;
  const was = draft.watches.get(key);
  if (was === undefined) {
    const all = draft.watches.all();
    const here = all.filter(({ room }) => room === key.room).length;
    if (here >= limits.watchesPerRoom || all.length >= limits.watches)
      return problem('watches-too-many', {
        limit: here >= limits.watchesPerRoom ? limits.watchesPerRoom : limits.watches,
      });
  }
  const { now } = draft;
  draft.watches.put({
    ...(was ?? { ...unseen, ...key, by: by.nick, at: now, revision: 0 }),
    ...{ everyMs, dueAt: now },
  });
  if (was === undefined) writeDown(asked, by, 'watch', key);
  return { type: 'done' };
};

export const unwatch: Decider<'unwatch'> = (asked) => {
  const { draft, command } = asked;
  const it = wanted(asked, command);
  if ('code' in it) return it;
  const { key, by } = it;
  if (draft.watches.get(key) === undefined)
    return problem('watch-unknown', { name: key.name, room: key.room });
  draft.watches.drop(key);
  writeDown(asked, by, 'unwatch', key);
  return { type: 'done' };
};

/** Tells what is watched for a room. */
export const watches: Decider<'watches'> = (asked) => {
  const room = placeOf(asked.command.room);
  if (isProblem(room)) return room;
  const by = doerServed(asked, room, 'watch');
  if ('code' in by) return by;
  const here = asked.draft.watches.all().filter((it) => it.room === room);
  const sorted = here.sort((a, b) => (`${a.name} ${a.types}` < `${b.name} ${b.types}` ? -1 : 1));
  return { type: 'watches', room, watches: sorted.map(brief) };
};

/** Takes one look at a watched name; when the name has changed for good, its room is told. */
export const observe: Decider<'observe'> = (asked) => {
  const { draft, id, command, by, trace } = asked;
  const { room: place, name, types, revision, state, news } = command;
  const room = placeOf(place);
  if (isProblem(room)) return room;
  const person = by.kind;
  const repeat = receiptOfRepeat(draft, room, person, id);
  if (repeat !== undefined) return repeat;
  const tooLong = cardProblem(state) ?? cardProblem(news?.card);
  if (tooLong !== undefined) return tooLong;

  const row = draft.watches.get({ room, name, types });
  // It is watched no longer, or it was compared with what is no longer so.
  if (row === undefined || row.revision !== revision) return { type: 'done' };
  const known = observed(row, state);
  const isAnother = known.told !== row.told;
  const next = { ...row, ...known, revision: isAnother ? revision + 1 : revision };
  // What is so at first is no change.
  if (!isAnother || row.told === null || news === undefined) {
    draft.watches.put(next);
    return { type: 'done' };
  }
  const text = cleanText(news.text);
  const wrong = textProblem(text) ?? nickProblem(news.nick);
  if (wrong !== undefined) return wrong;
  draft.watches.put(next);
  const author = { session: by.instance, person, nick: news.nick };
  const entry = { id, author, kind: 'notice', text, card: news.card, trace } as const;
  return append(draft, { room: roomFor(draft, room), ...entry });
};
