import { pairRoom, skeleton } from '@partyline/protocol';
import { FORGOTTEN_MS } from '../people/lockout.ts';
import type { InvitationKey, MarkerKey, Transaction } from '../store/port.ts';
import type { InstanceRow, PublishKey, RoomRow, SessionRow } from '../store/rows.ts';
import { watchKey } from '../store/watches/rows.ts';
import { type Circumstances, OPERATOR } from './draft.ts';
import {
  eventKey,
  invitationKey,
  type Loaded,
  markerKey,
  publishKey,
  reactionKey,
} from './loaded.ts';
import { loadInRange, loadModeration } from './moderation/load.ts';
import { type Needs, needsOf } from './needs.ts';
import { referenceKeys } from './references.ts';
import type { Found } from './rows.ts';
import type { Task, Work } from './work.ts';

/** How many sessions one transaction ends at most; the rest is the next one's. */
export const SWEPT_SESSIONS = 500;

/** How many forgotten mistakes one transaction forgets at most. */
const SWEPT_LOCKOUTS = 500;

/** Rows by key, with undefined for what was asked for and isn't there. */
const found = <Row>(
  asked: Iterable<string>,
  rows: Iterable<Row>,
  keyOf: (row: Row) => string,
): Map<string, Row | undefined> => {
  const map = new Map<string, Row | undefined>();
  for (const key of asked) map.set(key, undefined);
  for (const row of rows) map.set(keyOf(row), row);
  return map;
};

type Subject = Pick<Loaded, 'held' | 'due' | 'reading' | 'pairs' | 'nicks'>;

/** What a task is about, beyond what it names. */
const loadSubject = async (
  tx: Transaction,
  task: Task | undefined,
  instances: Found<InstanceRow>,
  { now, rules }: Circumstances,
): Promise<Subject> => {
  const nothing: Subject = { held: [], due: [], reading: [], pairs: [], nicks: [] };
  switch (task?.type) {
    case 'hello':
    case 'leave':
      return {
        ...nothing,
        held: await tx.sessionsOfInstances([task.instance], Number.MAX_SAFE_INTEGER),
      };
    case 'attach':
      return {
        ...nothing,
        reading: await tx.reading(task.instance),
        pairs: await tx.pairs(task.instance),
        nicks: await tx.nicks(task.instance),
      };
    case 'wake':
      return {
        ...nothing,
        due: await tx.sessionsDue(now + rules.graceMs, Number.MAX_SAFE_INTEGER),
      };
    case 'sweep': {
      const over = [...instances.values()].filter((it) => it !== undefined && it.leaseUntil <= now);
      const ids = over.flatMap((it) => it?.instance ?? []);
      return {
        ...nothing,
        held: ids.length === 0 ? [] : await tx.sessionsOfInstances(ids, SWEPT_SESSIONS),
        due: await tx.sessionsDue(now, SWEPT_SESSIONS),
      };
    }
    default:
      return nothing;
  }
};

/** Whether a hello changes nothing of a session: it is live, and held by who says so. */
const isUndisturbed = (task: Task | undefined, needs: Needs): ((row: SessionRow) => boolean) =>
  task?.type === 'hello'
    ? (row) =>
        row.state === 'live' && row.instance === task.instance && needs.sessions.has(row.session)
    : () => false;

type People = Pick<Loaded, 'persons' | 'names' | 'accountsByName' | 'accountsBySkeleton'> & {
  /** Sessions that were found on the way. */
  readonly others: readonly SessionRow[];
};

/** Who holds or owns nicks. */
const loadNames = async (
  tx: Transaction,
  keys: ReadonlySet<string>,
): Promise<Pick<Loaded, 'names' | 'accountsByName'>> => ({
  names: found(keys, await tx.names(keys), (it) => it.nameKey),
  accountsByName: found(keys, await tx.accountsByName(keys), (it) => it.nameKey),
});

/** Who else is the same person, and who holds or owns the nicks in question. */
const loadPeople = async (
  tx: Transaction,
  needs: Needs,
  sessions: readonly SessionRow[],
  accountNames: readonly string[],
): Promise<People> => {
  const persons = new Set([...needs.sessions, ...needs.accounts]);
  for (const it of sessions) persons.add(it.person);
  const samePersons = await tx.sessionsOfPersons(persons);
  const keys = new Set([...needs.names, ...accountNames]);
  const looks = new Set(needs.skeletons);
  for (const it of [...sessions, ...samePersons]) {
    keys.add(it.nameKey);
    looks.add(skeleton(it.nick));
  }
  const { names, accountsByName } = await loadNames(tx, keys);

  const alike = Map.groupBy(await tx.accountsBySkeleton(looks), (it) => it.skeleton);

  const reached = new Set(
    [...needs.privates, ...needs.deeds].flatMap(
      ({ nameKey = '' }) =>
        names.get(nameKey)?.person ?? accountsByName.get(nameKey)?.account ?? [],
    ),
  ).difference(persons);
  const receivers = await tx.sessionsOfPersons(reached);
  const others = [...samePersons, ...receivers];
  const byPerson = Map.groupBy(others, (it) => it.person);
  const ids = Array.from(
    [...persons, ...reached],
    (person) => [person, (byPerson.get(person) ?? []).map((it) => it.session)] as const,
  );
  const accountsBySkeleton = new Map(Array.from(looks, (it) => [it, alike.get(it) ?? []]));
  return { persons: new Map(ids), names, accountsByName, accountsBySkeleton, others };
};

const nobody: Omit<People, 'names' | 'accountsByName'> = {
  ...{ persons: new Map(), accountsBySkeleton: new Map(), others: [] },
};

type PersonOf = (session: string) => string;

/** As whom a session's publishes may be in the log: as its person's, or as those of the guest it was. */
const personsOf = (session: string, personOf: PersonOf): readonly string[] => {
  const person = personOf(session);
  return person === session ? [session] : [person, session];
};

/** The room of each private publish, as far as its nick reaches somebody. */
const pairsOf = ({ privates }: Needs, people: People, personOf: PersonOf) => {
  const receiverOf = (nameKey: string): string | undefined =>
    people.names.get(nameKey)?.person ?? people.accountsByName.get(nameKey)?.account;
  return privates.flatMap(({ session, nameKey, id, ref, reaction }) => {
    const receiver = receiverOf(nameKey);
    if (receiver === undefined) return [];
    return personsOf(session, personOf).map((person) => ({
      ...{ room: pairRoom(person, receiver), session, id, ref },
      ...(reaction !== undefined && { reaction }),
    }));
  });
};
type Pair = ReturnType<typeof pairsOf>[number];

/** The publishes that may be in the log already. */
const publishKeys = (
  needs: Needs,
  instances: Found<InstanceRow>,
  pairs: readonly Pair[],
  personOf: PersonOf,
): PublishKey[] => {
  const kindOf = (instance: string): string => instances.get(instance)?.kind ?? OPERATOR;
  return [
    ...needs.publishes.flatMap(({ room, id, by }) => {
      if ('person' in by) return { room, id, person: by.person };
      if ('instance' in by) return { room, id, person: kindOf(by.instance) };
      return personsOf(by.session, personOf).map((person) => ({ room, id, person }));
    }),
    ...pairs.flatMap(({ room, session, id }) =>
      personsOf(session, personOf).map((person) => ({ room, person, id })),
    ),
  ];
};

/** What accounts may have marked of where they say how far they have read, and of logs that two share. */
const marksOf = (
  { marks }: Needs,
  pairs: readonly Pair[],
  sessions: Found<SessionRow>,
): MarkerKey[] =>
  [...marks, ...pairs].flatMap(({ room, session }) => {
    const account = sessions.get(session)?.account ?? null;
    return account === null ? [] : [{ room, account }];
  });

/** Who may be invited where: those who want into private rooms or back there, and those to be invited. */
const invitationKeys = (
  needs: Needs,
  sessions: Found<SessionRow>,
  rooms: Found<RoomRow>,
  returning: readonly SessionRow[],
  people: People,
): InvitationKey[] => {
  const entrances = [
    ...needs.entrances,
    ...returning.flatMap(({ session, rooms: saved }) =>
      Object.keys(saved ?? {}).map((room) => ({ room, session })),
    ),
  ];
  return [
    ...entrances
      .filter(({ room }) => rooms.get(room)?.visibility === 'private')
      .flatMap(({ room, session }) => [
        { room, person: session },
        { room, person: sessions.get(session)?.person ?? session },
      ]),
    ...needs.invitations.flatMap(({ room, nameKey }) => {
      const person = people.names.get(nameKey)?.person;
      const account = people.accountsByName.get(nameKey)?.account;
      const theirs = people.others.filter((it) => it.person === person || it.person === account);
      return [person, account, ...theirs.map((it) => it.session)].flatMap((it) =>
        it === undefined ? [] : { room, person: it },
      );
    }),
  ];
};

/**
 * Reads all that the decisions of a batch may ask, in a fixed number of queries: first what the
 * works name, then who these are, then where they are, then whether they were here before and what
 * they refer to.
 */
export const load = async (
  tx: Transaction,
  works: readonly Work[],
  circumstances: Circumstances,
): Promise<Loaded> => {
  const needs = needsOf(works);
  // A task is alone in its batch.
  const task = works[0]?.type === 'publish' ? undefined : works[0];

  const instances = found(
    needs.instances,
    needs.everyInstance ? await tx.allInstances() : await tx.instances(needs.instances),
    (it) => it.instance,
  );
  const subject = await loadSubject(tx, task, instances, circumstances);
  const inRange = await loadInRange(tx, works[0]);
  for (const id of inRange?.sessions ?? []) needs.sessions.add(id);
  const named = await tx.sessions(needs.sessions);
  if (task?.type === 'register')
    for (const { account } of named) if (account !== null) needs.accounts.add(account);
  const asked = await tx.accounts(needs.accounts);
  const undisturbed = isUndisturbed(task, needs);
  const concerned = [...named, ...subject.held, ...subject.due].filter((it) => !undisturbed(it));

  const accountNames = asked.map((it) => it.nameKey);
  const people = needs.people
    ? await loadPeople(tx, needs, concerned, accountNames)
    : { ...nobody, ...(await loadNames(tx, needs.names)) };
  const isRekeyed = task?.type === 'reset' || task?.type === 'register';
  const resumable = isRekeyed ? await tx.resumable(needs.accounts) : [];
  const sessions = found(
    needs.sessions,
    [...named, ...concerned, ...people.others, ...resumable],
    (it) => it.session,
  );

  // What others are told of somebody says which nick they have registered.
  const owners = new Set([...sessions.values()].flatMap((it) => it?.account ?? []));
  const others = await tx.accounts(owners.difference(needs.accounts));
  const certified =
    isRekeyed || task?.type === 'certify'
      ? await tx.certificatesOf(owners.union(needs.accounts))
      : [];
  const accounts = found(owners.union(needs.accounts), [...asked, ...others], (it) => it.account);

  const lockouts =
    task?.type === 'sweep'
      ? await tx.lockoutsBefore(circumstances.now - FORGOTTEN_MS, SWEPT_LOCKOUTS)
      : await tx.lockouts(needs.lockouts);
  const arriving = concerned.flatMap((it) => (it.state === 'ended' ? (it.account ?? []) : []));
  const awaiting = new Set([...needs.accounts, ...arriving]);
  const waiting = Map.groupBy(await tx.waiting(awaiting), (it) => it.account);

  const moving = new Set([...concerned, ...people.others].map((it) => it.session));
  const members = Map.groupBy(await tx.members(moving), (it) => it.session);
  const memberships = new Map(
    Array.from(moving, (session) => {
      const rooms = members.get(session) ?? [];
      return [session, new Map(rooms.map((it) => [it.room, it.since]))];
    }),
  );

  // A session that isn't there yet is its own person.
  const personOf = (session: string): string => sessions.get(session)?.person ?? session;
  const pairs = pairsOf(needs, people, personOf);
  const publishes = publishKeys(needs, instances, pairs, personOf);
  const roomNames = new Set([...needs.rooms, ...publishes.map((it) => it.room)]);
  if (needs.people) {
    for (const rooms of memberships.values()) for (const room of rooms.keys()) roomNames.add(room);
    for (const { rooms } of concerned) for (const room in rooms) roomNames.add(room);
    for (const cursors of waiting.values()) for (const { room } of cursors) roomNames.add(room);
  }
  if (task?.type === 'attach')
    for (const room of instances.get(task.instance)?.rooms ?? []) roomNames.add(room);

  const rooms = found(roomNames, await tx.rooms(roomNames), (it) => it.room);
  const invitable = invitationKeys(needs, sessions, rooms, concerned, people);
  const coming = new Set([
    ...Array.from(needs.arrivals).flatMap((id) => [id, personOf(id)]),
    ...needs.accounts,
    ...(task?.type === 'identify' ? [task.session] : []),
  ]);
  const untold = await tx.untold(coming);
  const marks = needs.marks.length === 0 ? [] : marksOf(needs, pairs, sessions);
  const { events, reactions } = referenceKeys([...needs.references, ...pairs], rooms, personOf);
  const referred = await tx.referred(events);
  const moderation = await loadModeration(tx, {
    ...{
      needs,
      instances,
      referred,
      task,
      inRange,
      sessions,
      members: memberships,
      rooms,
      now: circumstances.now,
    },
    personCalled: (nameKey) =>
      people.names.get(nameKey)?.person ?? people.accountsByName.get(nameKey)?.account,
  });

  return {
    ...{ instances, sessions, accounts, members: memberships, rooms, moderation },
    ...{ persons: people.persons, names: people.names, accountsByName: people.accountsByName },
    accountsBySkeleton: people.accountsBySkeleton,
    lockouts: found(needs.lockouts, lockouts, (it) => it.key),
    certificates: found(
      needs.certificates,
      [...(await tx.certificates(needs.certificates)), ...certified],
      (it) => it.fingerprint,
    ),
    certified,
    resumable,
    hooks: found(needs.hooks, await tx.hooks(needs.hooks), (it) => it.hook),
    tokens: found(needs.tokens, await tx.tokens(needs.tokens), (it) => it.name),
    watches: found(
      needs.watches.map(watchKey),
      needs.everyWatch ? await tx.allWatches() : await tx.watches(needs.watches),
      watchKey,
    ),
    everyWatch: needs.everyWatch,
    waiting: new Map(Array.from(awaiting, (it) => [it, waiting.get(it) ?? []])),
    invitations: found(
      invitable.map(invitationKey),
      [...(await tx.invitations(invitable)), ...untold],
      invitationKey,
    ),
    untold: new Map(
      Array.from(coming, (person) => [person, untold.filter((it) => it.person === person)]),
    ),
    markers: found(marks.map(markerKey), await tx.markers(marks), markerKey),
    published: found(publishes.map(publishKey), await tx.published(publishes), publishKey),
    referred: found(events.map(eventKey), referred, eventKey),
    reactions: found(reactions.map(reactionKey), await tx.reactions(reactions), reactionKey),
    online: needs.people ? await tx.online() : undefined,
    ...subject,
  };
};
