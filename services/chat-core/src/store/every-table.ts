import { answersTable } from './answers/tables.ts';
import { deliveriesTable, hooksTable } from './hooks/tables.ts';
import { auditTable, bansTable, mutesTable, pacesTable, rolesTable } from './moderation/tables.ts';
import type { Database } from './schema.ts';
import {
  accountsTable,
  type ColumnType,
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
import { watchesTable } from './watches/tables.ts';

/** A table whose rows are of any shape. */
export type AnyTable = {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
};

/** A row of a table, by the names of its columns. */
export type AnyRow = Readonly<Record<string, unknown>>;

export type TableName = Exclude<keyof Database, 'meta'>;

/** Every table of which the truth is made; `meta` has but the log's epoch. */
export const everyTable: Readonly<Record<TableName, AnyTable>> = {
  rooms: roomsTable,
  events: eventsTable,
  accounts: accountsTable,
  certificates: certificatesTable,
  invitations: invitationsTable,
  roles: rolesTable,
  mutes: mutesTable,
  paces: pacesTable,
  bans: bansTable,
  audit: auditTable,
  cursors: cursorsTable,
  markers: markersTable,
  hooks: hooksTable,
  deliveries: deliveriesTable,
  watches: watchesTable,
  tokens: tokensTable,
  answers: answersTable,
  lockouts: lockoutsTable,
  instances: instancesTable,
  sessions: sessionsTable,
  names: namesTable,
  members: membersTable,
};

/**
 * Tables that are made anew from the others, or hold only while the processes run that wrote them:
 * of Kysely's, which steps were taken; of Postgres, which chat-cores there are, what they tell each
 * other, and the search index.
 */
export const derivedTables: readonly string[] = [
  ...['kysely_migration', 'kysely_migration_lock'],
  ...['postgres_migration', 'cores', 'streams', 'boards', 'relay', 'words'],
];
