import { answersTable } from './answers/tables.ts';
import type { Flavour } from './flavour.ts';
import { hookWriter } from './hooks/queries.ts';
import { hooksTable } from './hooks/tables.ts';
import { moderationQueries, moderationWriter } from './moderation/queries.ts';
import type { InvitationKey, MarkerKey, Transaction } from './port.ts';
import type { InvitationRow, MarkerRow } from './rows.ts';
import { deleteBy } from './statements/delete-by.ts';
import { erase } from './statements/erase.ts';
import { expire, expireAudit } from './statements/expire.ts';
import { forgetAccount } from './statements/forget-account.ts';
import { nicks } from './statements/nicks.ts';
import { online } from './statements/online.ts';
import { pairs } from './statements/pairs.ts';
import { published } from './statements/published.ts';
import { reactions } from './statements/reactions.ts';
import { reading } from './statements/reading.ts';
import { referred } from './statements/referred.ts';
import { selectBy } from './statements/select-by.ts';
import { selectByKey } from './statements/select-by-key.ts';
import { sessionsDue } from './statements/sessions-due.ts';
import { sessionsOfInstances } from './statements/sessions-of-instances.ts';
import type { Db } from './statements/statement.ts';
import { type OnTrimmed, trim } from './statements/trim.ts';
import { insert, upsert } from './statements/upsert.ts';
import { waiting } from './statements/waiting.ts';
import {
  accountsTable,
  certificatesTable,
  cursorsTable,
  eventsTable,
  instancesTable,
  invitationsTable,
  lockoutsTable,
  markersTable,
  membersTable,
  namesTable,
  roomsTable,
  sessionsTable,
} from './tables.ts';
import { tokensTable } from './tokens/tables.ts';
import type { WatchKey, WatchRow } from './watches/rows.ts';
import { watchesTable } from './watches/tables.ts';

/**
 * The statements of a flavour, each built once; gives the transaction that a connection runs. What
 * changes something goes by `to`, in order, and no answer to it is looked at.
 */
export const transactions = (
  flavour: Flavour,
): ((db: Db, its?: { readonly to: Db; readonly onTrimmed?: OnTrimmed }) => Transaction) => {
  const sessionsById = selectBy(flavour, sessionsTable, 'session');
  const isHere = "and sessions.state in ('live', 'detached')";
  const sessionsByPerson = selectBy(flavour, sessionsTable, 'person', isHere);
  const endedByPerson = selectBy(flavour, sessionsTable, 'person', "and sessions.state = 'ended'");
  const sessionsByInstance = sessionsOfInstances(flavour);
  const due = sessionsDue(flavour);
  const instancesById = selectBy(flavour, instancesTable, 'instance');
  const namesByKey = selectBy(flavour, namesTable, 'nameKey');
  const accountsById = selectBy(flavour, accountsTable, 'account');
  const accountsByKey = selectBy(flavour, accountsTable, 'nameKey');
  const accountsByLook = selectBy(flavour, accountsTable, 'skeleton');
  const membersBySession = selectBy(flavour, membersTable, 'session');
  const roomsByName = selectBy(flavour, roomsTable, 'room');
  const publishedAlready = published(flavour);
  const invited = selectByKey<InvitationRow, InvitationKey>(flavour, invitationsTable);
  const isUntold = 'and invitations.told = 0';
  const untold = selectBy(flavour, invitationsTable, 'person', isUntold);
  const moderation = moderationQueries(flavour);
  const referredEvents = referred(flavour);
  const lastReactions = reactions(flavour);

  const appendEvents = insert(flavour, eventsTable);
  const eraseEvents = erase(flavour);
  const putRooms = upsert(flavour, roomsTable);
  const putAccounts = upsert(flavour, accountsTable);
  const dropAccounts = deleteBy(flavour, accountsTable);
  const forgetAccounts = forgetAccount(flavour);
  const certificatesById = selectBy(flavour, certificatesTable, 'fingerprint');
  const certificatesByAccount = selectBy(flavour, certificatesTable, 'account');
  const putCertificates = upsert(flavour, certificatesTable);
  const dropCertificates = deleteBy(flavour, certificatesTable);
  const markersByKey = selectByKey<MarkerRow, MarkerKey>(flavour, markersTable);
  const putMarkers = upsert(flavour, markersTable);
  const putCursors = upsert(flavour, cursorsTable);
  const lockoutsByKey = selectBy(flavour, lockoutsTable, 'key');
  const putLockouts = upsert(flavour, lockoutsTable);
  const dropLockouts = deleteBy(flavour, lockoutsTable);
  const putSessions = upsert(flavour, sessionsTable);
  const dropSessions = deleteBy(flavour, sessionsTable);
  const putNames = upsert(flavour, namesTable);
  const dropNames = deleteBy(flavour, namesTable);
  const putMembers = upsert(flavour, membersTable);
  const dropMembers = deleteBy(flavour, membersTable);
  const putInstances = upsert(flavour, instancesTable);
  const dropInstances = deleteBy(flavour, instancesTable);
  const writeModeration = moderationWriter(flavour);
  const hooksById = selectBy(flavour, hooksTable, 'hook');
  const writeHooks = hookWriter(flavour);
  const watchesByKey = selectByKey<WatchRow, WatchKey>(flavour, watchesTable);
  const putWatches = upsert(flavour, watchesTable);
  const dropWatches = deleteBy(flavour, watchesTable);
  const tokensByName = selectBy(flavour, tokensTable, 'name');
  const putTokens = upsert(flavour, tokensTable);
  const dropTokens = deleteBy(flavour, tokensTable);
  const putAnswers = upsert(flavour, answersTable);

  const putInvitations = upsert(flavour, invitationsTable);
  const dropInvitations = deleteBy(flavour, invitationsTable);

  return (db, { to = db, onTrimmed } = { to: db }) => ({
    sessions: (ids) => sessionsById(db, ids),
    sessionsOfPersons: (persons) => sessionsByPerson(db, persons),
    resumable: (persons) => endedByPerson(db, persons),
    sessionsOfInstances: (instances, limit) => sessionsByInstance(db, instances, limit),
    sessionsDue: (now, limit) => due(db, now, limit),
    instances: (ids) => instancesById(db, ids),
    allInstances: async () => {
      const rows = await db.selectFrom('instances').select('instance').execute();
      return instancesById(
        db,
        rows.map((it) => it.instance),
      );
    },
    names: (keys) => namesByKey(db, keys),
    accounts: (ids) => accountsById(db, ids),
    accountsByName: (keys) => accountsByKey(db, keys),
    accountsBySkeleton: (skeletons) => accountsByLook(db, skeletons),
    certificates: (fingerprints) => certificatesById(db, fingerprints),
    certificatesOf: (accounts) => certificatesByAccount(db, accounts),
    lockouts: (keys) => lockoutsByKey(db, keys),
    hooks: (ids) => hooksById(db, ids),
    watches: (keys) => watchesByKey(db, keys),
    allWatches: async () =>
      watchesByKey(db, await db.selectFrom('watches').select(['room', 'name', 'types']).execute()),
    tokens: (names) => tokensByName(db, names),
    lockoutsBefore: (at, limit) =>
      db.selectFrom('lockouts').selectAll().where('at', '<=', at).limit(limit).execute(),
    waiting: (accounts) => waiting(db, accounts),
    markers: (keys) => markersByKey(db, keys),
    members: (sessions) => membersBySession(db, sessions),
    rooms: (names) => roomsByName(db, names),
    invitations: (keys) => invited(db, keys),
    untold: (persons) => untold(db, persons),
    published: (keys) => publishedAlready(db, keys),
    referred: async (keys) => {
      const found = await referredEvents(
        db,
        keys.map((it) => ({ ...it, before: Number.MAX_SAFE_INTEGER })),
      );
      return found.map(({ before: _, ...it }) => it);
    },
    reactions: (keys) => lastReactions(db, keys),
    reading: (instance) => reading(db, instance),
    pairs: (instance) => pairs(db, instance),
    nicks: (instance) => nicks(db, instance),
    online: () => online(db),
    trim: (from, now) => trim(db, from, now, onTrimmed),
    expire: (from, by) => expire(db, from, by, onTrimmed),
    expireAudit: (upTo) => expireAudit(db, upTo),
    moderation: moderation(db),
    apply: async (changes) => {
      await appendEvents(to, changes.events);
      await eraseEvents(to, changes.erased);
      await putRooms(to, changes.rooms);
      await dropAccounts(to, changes.accounts.drop);
      await putAccounts(to, changes.accounts.put);
      await putCursors(to, changes.cursors);
      await putMarkers(to, changes.markers);
      await dropCertificates(to, changes.certificates.drop);
      await putCertificates(to, changes.certificates.put);
      await dropLockouts(to, changes.lockouts.drop);
      await putLockouts(to, changes.lockouts.put);
      await dropSessions(to, changes.sessions.drop);
      await putSessions(to, changes.sessions.put);
      await dropNames(to, changes.names.drop);
      await putNames(to, changes.names.put);
      await dropMembers(to, changes.members.drop);
      await putMembers(to, changes.members.put);
      await dropInstances(to, changes.instances.drop);
      await putInstances(to, changes.instances.put);
      await dropInvitations(to, changes.invitations.drop);
      await putInvitations(to, changes.invitations.put);
      await writeModeration(to, changes.moderation);
      await writeHooks(to, changes.hooks);
      await dropWatches(to, changes.watches.drop);
      await putWatches(to, changes.watches.put);
      await dropTokens(to, changes.tokens.drop);
      await putTokens(to, changes.tokens.put);
      await forgetAccounts(to, changes.accounts.drop);
    },
    keep: async (answer, now) => {
      await to.deleteFrom('answers').where('until', '<=', now).execute();
      await putAnswers(to, [answer]);
    },
  });
};
