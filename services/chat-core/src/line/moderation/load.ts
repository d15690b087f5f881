import { EVERYWHERE, isPairRoom, isProblem, roomName } from '@partyline/protocol';
import type { Lapsed } from '../../store/moderation/port.ts';
import type { DeedKey, RoomPerson } from '../../store/moderation/rows.ts';
import type { Transaction } from '../../store/port.ts';
import type { InstanceRow, Referred, RoomRow, SessionRow } from '../../store/rows.ts';
import { OPERATOR } from '../draft.ts';
import type { Timing } from '../load-subject.ts';
import type { FoundMemberships } from '../memberships.ts';
import type { Needs } from '../needs.ts';
import type { Found } from '../rows.ts';
import type { Task, Work } from '../work.ts';
import { deedKey, type FoundModeration, roomPerson } from './moderation.ts';
import { subjectOf, within } from './subject.ts';

/** Lapsed mutes and bans that one transaction ends at most; they don't hold any more anyway. */
const LAPSED = 500;

/** Sessions in the range of addresses that a batch's first command bans. */
export const loadInRange = async (
  tx: Transaction,
  first: Work | undefined,
): Promise<FoundModeration['inRange']> => {
  if (first?.type !== 'publish' || first.envelope.command.type !== 'ban') return undefined;
  const { command } = first.envelope;
  const subject = subjectOf(command.who);
  if (isProblem(subject) || subject.type !== 'address') return undefined;
  const room = command.room === EVERYWHERE ? EVERYWHERE : roomName(command.room);
  if (isProblem(room)) return undefined;
  const isIn = within([subject.range]);
  const rows = await tx.moderation.addresses(room);
  return { command, sessions: rows.flatMap((it) => (isIn(it.address) ? it.session : [])) };
};

export type Known = {
  readonly needs: Needs;
  readonly task: Task | undefined;
  readonly inRange: FoundModeration['inRange'];
  readonly instances: Found<InstanceRow>;
  readonly sessions: Found<SessionRow>;
  readonly members: FoundMemberships;
  readonly rooms: Found<RoomRow>;
  /** What was said and is referred to. */
  readonly referred: readonly Referred[];
  /** Who holds a nick, or whose it is. */
  readonly personCalled: (nameKey: string) => string | undefined;
  readonly timing: Timing;
};

/** Every room that sessions are in, or were in when they ended. */
const placesOf = ({ members }: Known, sessions: Iterable<SessionRow | undefined>): RoomPerson[] =>
  [...sessions].flatMap((it) =>
    it === undefined
      ? []
      : [
          EVERYWHERE,
          ...(members.get(it.session)?.keys() ?? []),
          ...Object.keys(it.rooms ?? {}),
        ].map((room) => ({ room, person: it.person })),
  );

/** The same of an account that a session is about to become, or to begin as. */
const placesOfAccount = (known: Known): RoomPerson[] => {
  const { task, needs } = known;
  if (task?.type !== 'identify' && task?.type !== 'register' && task?.type !== 'login') return [];
  const places = placesOf(known, known.sessions.values()).map(({ room }) => room);
  return [EVERYWHERE, ...needs.rooms, ...places].map((room) => ({ room, person: task.account }));
};

/** Where sessions that begin or come back are told what they are. */
const placesTold = (known: Known): RoomPerson[] => {
  const { needs, sessions } = known;
  const entered = needs.entrances.map(({ room, session }) => ({
    ...{ room, person: sessions.get(session)?.person ?? session },
  }));
  const there = Array.from(needs.arrivals, (id) => sessions.get(id));
  return [...entered, ...placesOf(known, there)].filter((it) => !isPairRoom(it.room));
};

const keysOf = (rooms: readonly RoomPerson[]): RoomPerson[] => {
  const keys = new Map<string, RoomPerson>();
  for (const { room, person } of rooms)
    for (const it of [
      { room, person },
      { room: EVERYWHERE, person },
    ])
      keys.set(roomPerson(it), it);
  return [...keys.values()];
};

const foundBy = <Row extends RoomPerson>(
  keys: readonly RoomPerson[],
  rows: readonly Row[],
): Map<string, Row | undefined> => {
  const map = new Map<string, Row | undefined>();
  for (const key of keys) map.set(roomPerson(key), undefined);
  for (const row of rows) map.set(roomPerson(row), row);
  return map;
};

/** What the decisions of a batch may ask about who may do what: bans first, since few rooms have any. */
export const loadModeration = async (tx: Transaction, known: Known): Promise<FoundModeration> => {
  const { needs, task, sessions, rooms, inRange } = known;
  const query = tx.moderation;
  const personOf = (session: string): string => sessions.get(session)?.person ?? session;

  const loadLapsed = async (): Promise<Lapsed> =>
    task?.type === 'sweep'
      ? query.lapsed(await known.timing.now(), LAPSED)
      : { mutes: [], bans: [] };
  const loadBans = async () => {
    const lapsed = await loadLapsed();
    const banRooms = new Set([
      ...needs.deeds.map((it) => it.room),
      ...(needs.doors ? [...rooms.keys(), EVERYWHERE] : []),
      ...lapsed.bans.map((it) => it.room),
    ]);
    return { lapsed, banRooms, found: await query.bans(banRooms) };
  };
  const [{ lapsed, banRooms, found }, same, done, auditHead] = await Promise.all([
    loadBans(),
    loadSame(tx, known),
    loadDone(tx, known),
    needs.audit || needs.deeds.length > 0 ? query.auditHead() : undefined,
  ]);
  const byRoom = Map.groupBy(found, (it) => it.room);
  const bans = new Map(Array.from(banRooms, (room) => [room, byRoom.get(room) ?? []]));

  const speakers = needs.speakers.map(({ room, session }) => ({ room, person: personOf(session) }));
  const slow = speakers.filter(({ room }) => (rooms.get(room)?.slowMs ?? 0) > 0);
  const readOnly = speakers.filter(({ room }) => rooms.get(room)?.speak === 'moderators');
  const isGuarded = ({ room }: RoomPerson): boolean =>
    rooms.get(room)?.visibility === 'private' ||
    [room, EVERYWHERE].some((it) => (bans.get(it)?.length ?? 0) > 0);
  const entrances = needs.entrances.map(({ room, session }) => ({
    room,
    person: personOf(session),
  }));
  const guarded = needs.doors
    ? [...entrances, ...placesOf(known, sessions.values()), ...placesOfAccount(known)].filter(
        isGuarded,
      )
    : [];
  const concerned = needs.deeds.flatMap(({ room, session, nameKey }) => {
    const target = nameKey === undefined ? undefined : known.personCalled(nameKey);
    const persons = [personOf(session), ...(target === undefined ? [] : [target])];
    return persons.map((person) => ({ room, person }));
  });
  const ranged = needs.deeds.flatMap(({ room }) =>
    (inRange?.sessions ?? []).map((session) => ({ room, person: personOf(session) })),
  );

  const callers = Array.from(needs.callers, (it) => ({ room: EVERYWHERE, person: personOf(it) }));

  const deedRooms = new Set(needs.deeds.map((it) => it.room));
  const taken = known.referred.filter((it) => deedRooms.has(it.room));

  const roleKeys = keysOf([
    ...taken,
    ...slow,
    ...readOnly,
    ...guarded,
    ...placesTold(known),
    ...concerned,
    ...ranged,
    ...callers,
    ...same.keys,
  ]);
  const muteKeys = [...speakers, ...concerned, ...same.keys, ...lapsed.mutes];
  const [roles, mutes, paces] = await Promise.all([
    query.roles(roleKeys),
    query.mutes(muteKeys),
    query.paces(slow),
  ]);
  return {
    roles: foundBy(roleKeys, [...roles, ...same.roles]),
    mutes: foundBy(muteKeys, [...mutes, ...same.mutes]),
    paces: foundBy(slow, paces),
    ...{ bans, inRange, lapsed, done, auditHead },
  };
};

/** Publishes that did what they ask for already, by whoever may have sent them. */
const loadDone = async (tx: Transaction, { needs, sessions, instances }: Known) => {
  const keys = needs.done.flatMap(({ session, by, id }) =>
    [session, sessions.get(session)?.person ?? session, instances.get(by)?.kind ?? OPERATOR].map(
      (person) => ({ person, id }),
    ),
  );
  const rows = await tx.moderation.done(keys);
  return new Map<string, DeedKey | undefined>([
    ...keys.map((it) => [deedKey(it), undefined] as const),
    ...rows.map((it) => [deedKey(it), it] as const),
  ]);
};

/** What a guest and the account it becomes are anywhere. */
const loadSame = async (tx: Transaction, { task, sessions }: Known) => {
  if (task?.type !== 'identify' && task?.type !== 'register')
    return { keys: [], roles: [], mutes: [] };
  const persons = [sessions.get(task.session)?.person ?? task.session, task.account];
  const [roles, mutes] = await Promise.all([
    tx.moderation.rolesOfPersons(persons),
    tx.moderation.mutesOfPersons(persons),
  ]);
  const rooms = new Set([...roles, ...mutes].map((it) => it.room));
  const keys = [...rooms].flatMap((room) => persons.map((person) => ({ room, person })));
  return { keys, roles, mutes };
};
