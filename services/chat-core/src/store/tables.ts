import type {
  AccountRow,
  CertificateRow,
  CursorRow,
  EventRow,
  InstanceRow,
  InvitationRow,
  LockoutRow,
  MarkerRow,
  MemberRow,
  NameRow,
  RoomRow,
  SessionRow,
} from './rows.ts';

/** `json` is kept as text. */
export type ColumnType = 'text' | 'integer' | 'json';

/** A table as the statements need to know it: its columns by the row's members, and its key. */
export type Table<Row> = {
  readonly name: string;
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [C in keyof Row & string]: ColumnType };
};

export const roomsTable: Table<RoomRow> = {
  name: 'rooms',
  key: ['room'],
  columns: {
    room: 'text',
    seq: 'integer',
    lastAt: 'integer',
    members: 'integer',
    topic: 'text',
    topicBy: 'text',
    topicAt: 'integer',
    slowMs: 'integer',
    createdAt: 'integer',
    visibility: 'text',
    speak: 'text',
    keepMs: 'integer',
    keepCount: 'integer',
  },
};

export const invitationsTable: Table<InvitationRow> = {
  name: 'invitations',
  key: ['room', 'person'],
  columns: { room: 'text', person: 'text', at: 'integer', by: 'text', told: 'integer' },
};

export const eventsTable: Table<EventRow> = {
  name: 'events',
  key: ['room', 'seq'],
  columns: {
    room: 'text',
    seq: 'integer',
    at: 'integer',
    id: 'text',
    kind: 'text',
    session: 'text',
    person: 'text',
    nick: 'text',
    text: 'text',
    to: 'text',
    ref: 'integer',
    mentions: 'json',
    card: 'json',
  },
};

export const sessionsTable: Table<SessionRow> = {
  name: 'sessions',
  key: ['session'],
  columns: {
    session: 'text',
    tokenHash: 'text',
    state: 'text',
    until: 'integer',
    nick: 'text',
    nameKey: 'text',
    person: 'text',
    account: 'text',
    instance: 'text',
    wire: 'text',
    address: 'text',
    openedAt: 'integer',
    rooms: 'json',
    realName: 'text',
    away: 'json',
  },
};

export const namesTable: Table<NameRow> = {
  name: 'names',
  key: ['nameKey'],
  columns: { nameKey: 'text', nick: 'text', person: 'text' },
};

export const membersTable: Table<MemberRow> = {
  name: 'members',
  key: ['room', 'session'],
  columns: { room: 'text', session: 'text', since: 'integer' },
};

export const instancesTable: Table<InstanceRow> = {
  name: 'instances',
  key: ['instance'],
  columns: {
    instance: 'text',
    kind: 'text',
    endpoints: 'json',
    commands: 'json',
    rooms: 'json',
    startedAt: 'integer',
    leaseUntil: 'integer',
    bot: 'json',
  },
};

export const accountsTable: Table<AccountRow> = {
  name: 'accounts',
  key: ['account'],
  columns: {
    account: 'text',
    nameKey: 'text',
    nick: 'text',
    skeleton: 'text',
    password: 'text',
    createdAt: 'integer',
    bot: 'json',
  },
};

export const certificatesTable: Table<CertificateRow> = {
  name: 'certificates',
  key: ['fingerprint'],
  columns: { fingerprint: 'text', account: 'text', addedAt: 'integer' },
};

export const cursorsTable: Table<CursorRow> = {
  name: 'cursors',
  key: ['room', 'account'],
  columns: { room: 'text', account: 'text', seq: 'integer' },
};

export const markersTable: Table<MarkerRow> = {
  name: 'markers',
  key: ['room', 'account'],
  columns: { room: 'text', account: 'text', seq: 'integer', at: 'integer' },
};

export const lockoutsTable: Table<LockoutRow> = {
  name: 'lockouts',
  key: ['key'],
  columns: { key: 'text', mistakes: 'integer', at: 'integer', until: 'integer' },
};
