import type { Transaction } from '../store/port.ts';
import type { SessionRow } from '../store/rows.ts';
import { watchKey } from '../store/watches/rows.ts';
import { invitationKeys, marksOf, pairsOf, publishKeys } from './load-keys.ts';
import { loadNamed, type Named } from './load-named.ts';
import { loadPeople, nobody } from './load-people.ts';
import type { Timing } from './load-subject.ts';
import {
  eventKey,
  invitationKey,
  type Loaded,
  markerKey,
  publishKey,
  reactionKey,
} from './loaded.ts';
import { loadModeration } from './moderation/load.ts';
import { type Needs, needsOf } from './needs.ts';
import { referenceKeys } from './references.ts';
import { found } from './rows.ts';
import type { Task, Work } from './work.ts';

/** Whether a hello changes nothing of a session: it is live, and held by who says so. */
const isUndisturbed = (task: Task | undefined, needs: Needs): ((row: SessionRow) => boolean) =>
  task?.type === 'hello'
    ? (row) =>
        row.state === 'live' && row.instance === task.instance && needs.sessions.has(row.session)
    : () => false;

/** Where sessions are, and what waits for accounts. */
const loadPlaces = async (
  tx: Transaction,
  { members: known, placed }: Named,
  moving: ReadonlySet<string>,
  awaiting: ReadonlySet<string>,
): Promise<Pick<Loaded, 'members' | 'waiting'>> => {
  const [others, cursors] = await Promise.all([
    tx.members(moving.difference(placed)),
    tx.waiting(awaiting),
  ]);
  const members = Map.groupBy([...known, ...others], (it) => it.session);
  const waiting = Map.groupBy(cursors, (it) => it.account);
  const placesOf = (session: string): readonly (readonly [string, number])[] =>
    (members.get(session) ?? []).map((it) => [it.room, it.since]);
  return {
    members: new Map(Array.from(moving, (session) => [session, new Map(placesOf(session))])),
    waiting: new Map(Array.from(awaiting, (it) => [it, waiting.get(it) ?? []])),
  };
};

/**
 * Reads all that the decisions of a batch may ask, in a fixed number of queries: first what the
 * works name, then who these are, then where they are, then whether they were here before and what
 * they refer to. Queries that don't depend on each other are asked together; where nobody comes or
 * goes, that is all of them in two steps.
 */
export const load = async (
  tx: Transaction,
  works: readonly Work[],
  timing: Timing,
): Promise<Loaded> => {
  const needs = needsOf(works);
  // A task is alone in its batch.
  const task = works[0]?.type === 'publish' ? undefined : works[0];

  const named = await loadNamed(tx, works, needs, timing);
  const { instances, subject, inRange } = named;
  const undisturbed = isUndisturbed(task, needs);
  const concerned = [...named.sessions, ...subject.held, ...subject.due].filter(
    (it) => !undisturbed(it),
  );

  const accountNames = named.accounts.map((it) => it.nameKey);
  const isRekeyed = task?.type === 'reset' || task?.type === 'register';
  const [people, resumable] = await Promise.all([
    named.names === undefined
      ? loadPeople(tx, needs, concerned, accountNames)
      : { ...nobody, ...named.names },
    isRekeyed ? tx.resumable(needs.accounts) : [],
  ]);
  const sessions = found(
    needs.sessions,
    [...named.sessions, ...concerned, ...people.others, ...resumable],
    (it) => it.session,
  );

  const arriving = concerned.flatMap((it) => (it.state === 'ended' ? (it.account ?? []) : []));
  const awaiting = new Set([...needs.accounts, ...arriving]);
  const moving = new Set([...concerned, ...people.others].map((it) => it.session));
  const { members, waiting } = await loadPlaces(tx, named, moving, awaiting);

  // A session that isn't there yet is its own person.
  const personOf = (session: string): string => sessions.get(session)?.person ?? session;
  const pairs = pairsOf(needs, people, personOf);
  const publishes = publishKeys(needs, instances, pairs, personOf);
  const roomNames = new Set([...needs.rooms, ...publishes.map((it) => it.room)]);
  if (needs.people) {
    for (const rooms of members.values()) for (const room of rooms.keys()) roomNames.add(room);
    for (const { rooms } of concerned) for (const room in rooms) roomNames.add(room);
    for (const cursors of waiting.values())
      for (const { room } of cursors ?? []) roomNames.add(room);
  }
  if (task?.type === 'attach')
    for (const room of instances.get(task.instance)?.rooms ?? []) roomNames.add(room);

  const otherRooms = await tx.rooms(roomNames.difference(needs.rooms));
  const rooms = found(roomNames, [...named.rooms, ...otherRooms], (it) => it.room);
  const invitable = invitationKeys(needs, sessions, rooms, concerned, people);
  const coming = new Set([
    ...Array.from(needs.arrivals).flatMap((id) => [id, personOf(id)]),
    ...needs.accounts,
    ...(task?.type === 'identify' ? [task.session] : []),
  ]);
  const marks = needs.marks.length === 0 ? [] : marksOf(needs, pairs, sessions);
  const { events, reactions } = referenceKeys([...needs.references, ...pairs], rooms, personOf);
  // What others are told of somebody says which nick they have registered.
  const owners = new Set([...sessions.values()].flatMap((it) => it?.account ?? []));

  const loadingReferred = tx.referred(events);
  const loadingModeration = loadingReferred.then((referred) =>
    loadModeration(tx, {
      ...{ needs, instances, referred, task, inRange, sessions, members, rooms, timing },
      personCalled: (nameKey) =>
        people.names.get(nameKey)?.person ?? people.accountsByName.get(nameKey)?.account,
    }),
  );
  const [referred, moderation, ownAccounts, certified, invitations, untold, ...more] =
    await Promise.all([
      loadingReferred,
      loadingModeration,
      tx.accounts(owners.difference(needs.accounts)),
      isRekeyed || task?.type === 'certify' ? tx.certificatesOf(owners.union(needs.accounts)) : [],
      tx.invitations(invitable),
      tx.untold(coming),
      tx.markers(marks),
      tx.published(publishes),
      tx.reactions(reactions),
      needs.people ? tx.online() : undefined,
    ]);
  const [markers, published, reacted, online] = more;

  return {
    ...{ instances, sessions, members, waiting, rooms, moderation, online, ...subject },
    ...{ certified, resumable },
    ...{ persons: people.persons, names: people.names, accountsByName: people.accountsByName },
    accountsBySkeleton: people.accountsBySkeleton,
    accounts: found(
      owners.union(needs.accounts),
      [...named.accounts, ...ownAccounts],
      (it) => it.account,
    ),
    lockouts: found(needs.lockouts, named.lockouts, (it) => it.key),
    certificates: found(
      needs.certificates,
      [...named.certificates, ...certified],
      (it) => it.fingerprint,
    ),
    hooks: found(needs.hooks, named.hooks, (it) => it.hook),
    tokens: found(needs.tokens, named.tokens, (it) => it.name),
    watches: found(needs.watches.map(watchKey), named.watches, watchKey),
    everyWatch: needs.everyWatch,
    invitations: found(invitable.map(invitationKey), [...invitations, ...untold], invitationKey),
    untold: new Map(
      Array.from(coming, (person) => [person, untold.filter((it) => it.person === person)]),
    ),
    markers: found(marks.map(markerKey), markers, markerKey),
    published: found(publishes.map(publishKey), published, publishKey),
    referred: found(events.map(eventKey), referred, eventKey),
    reactions: found(reactions.map(reactionKey), reacted, reactionKey),
  };
};
