import type { AnswerRow } from '../answers/rows.ts';
import type { Changes } from '../port.ts';
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
} from '../rows.ts';
import type { TokenRow } from '../tokens/rows.ts';
import { type WatchRow, watchKey } from '../watches/rows.ts';
import { applyHooks, emptyHooks, type HookTables } from './hooks.ts';
import { applyModeration, emptyModeration, type ModerationTables } from './moderation.ts';

/** The tables as maps by key. */
export type Tables = {
  readonly rooms: Map<string, RoomRow>;
  readonly events: Map<string, EventRow[]>;
  readonly sessions: Map<string, SessionRow>;
  readonly names: Map<string, NameRow>;
  readonly members: Map<string, MemberRow>;
  readonly instances: Map<string, InstanceRow>;
  readonly accounts: Map<string, AccountRow>;
  readonly invitations: Map<string, InvitationRow>;
  readonly cursors: Map<string, CursorRow>;
  readonly certificates: Map<string, CertificateRow>;
  readonly markers: Map<string, MarkerRow>;
  readonly moderation: ModerationTables;
  readonly lockouts: Map<string, LockoutRow>;
  readonly hooks: HookTables;
  readonly watches: Map<string, WatchRow>;
  readonly tokens: Map<string, TokenRow>;
  readonly answers: Map<string, AnswerRow>;
};

export const emptyTables = (): Tables => ({
  ...{ rooms: new Map(), events: new Map(), sessions: new Map(), names: new Map() },
  ...{ members: new Map(), instances: new Map(), accounts: new Map(), invitations: new Map() },
  ...{ cursors: new Map(), markers: new Map(), certificates: new Map() },
  moderation: emptyModeration(),
  lockouts: new Map(),
  hooks: emptyHooks(),
  ...{ watches: new Map(), tokens: new Map(), answers: new Map() },
});

const invitationKey = ({ room, person }: { room: string; person: string }): string =>
  `${room}\n${person}`;

const memberKey = ({ room, session }: { room: string; session: string }): string =>
  `${room}\n${session}`;

/** What a database's constraints would refuse. */
const check = (tables: Tables, { events, tokens }: Changes): void => {
  const gone = new Set([...tokens.drop, ...tokens.put].map((it) => it.name));
  const others = [...tables.tokens.values()].filter((it) => !gone.has(it.name));
  for (const { name, hash } of tokens.put)
    if (others.some((it) => it.hash === hash)) throw new Error(`UNIQUE: token ${name}`);
  for (const event of events) {
    const log = tables.events.get(event.room) ?? [];
    const others = [...log, ...events.filter((it) => it !== event && it.room === event.room)];
    const isSame = (it: EventRow): boolean =>
      it.seq === event.seq || (it.person === event.person && it.id === event.id);
    if (others.some(isSame)) throw new Error(`UNIQUE: ${event.room} ${event.seq} ${event.id}`);
  }
};

export const applyTo = (tables: Tables, changes: Changes): void => {
  check(tables, changes);
  for (const event of changes.events) {
    const log = tables.events.get(event.room) ?? [];
    tables.events.set(event.room, [...log, event]);
  }
  for (const { room, seq } of changes.erased) {
    const isIt = (it: EventRow): boolean =>
      it.seq === seq || (it.kind === 'edit' && it.ref === seq);
    const log = tables.events.get(room) ?? [];
    tables.events.set(
      room,
      log.map((it) => (isIt(it) ? { ...it, text: '', mentions: null, card: null } : it)),
    );
  }
  for (const it of changes.rooms) tables.rooms.set(it.room, it);
  for (const it of changes.accounts.drop) tables.accounts.delete(it.account);
  for (const it of changes.accounts.put) tables.accounts.set(it.account, it);
  for (const it of changes.cursors) tables.cursors.set(`${it.room}\n${it.account}`, it);
  for (const it of changes.certificates.drop) tables.certificates.delete(it.fingerprint);
  for (const it of changes.certificates.put) tables.certificates.set(it.fingerprint, it);
  for (const it of changes.markers) tables.markers.set(`${it.room}\n${it.account}`, it);
  for (const it of changes.lockouts.drop) tables.lockouts.delete(it.key);
  for (const it of changes.lockouts.put) tables.lockouts.set(it.key, it);
  for (const it of changes.sessions.drop) tables.sessions.delete(it.session);
  for (const it of changes.sessions.put) tables.sessions.set(it.session, it);
  for (const it of changes.names.drop) tables.names.delete(it.nameKey);
  for (const it of changes.names.put) tables.names.set(it.nameKey, it);
  for (const it of changes.members.drop) tables.members.delete(memberKey(it));
  for (const it of changes.members.put) tables.members.set(memberKey(it), it);
  for (const it of changes.instances.drop) tables.instances.delete(it.instance);
  for (const it of changes.instances.put) tables.instances.set(it.instance, it);
  for (const it of changes.invitations.drop) tables.invitations.delete(invitationKey(it));
  for (const it of changes.invitations.put) tables.invitations.set(invitationKey(it), it);
  applyModeration(tables.moderation, changes.moderation);
  applyHooks(tables, changes.hooks);
  for (const it of changes.watches.drop) tables.watches.delete(watchKey(it));
  for (const it of changes.watches.put) tables.watches.set(watchKey(it), it);
  for (const it of changes.tokens.drop) tables.tokens.delete(it.name);
  for (const it of changes.tokens.put) tables.tokens.set(it.name, it);
  for (const { account } of changes.accounts.drop) {
    for (const [key, it] of tables.cursors) if (it.account === account) tables.cursors.delete(key);
    for (const [key, it] of tables.certificates)
      if (it.account === account) tables.certificates.delete(key);
    for (const [key, it] of tables.markers) if (it.account === account) tables.markers.delete(key);
    for (const [key, it] of tables.invitations)
      if (it.person === account) tables.invitations.delete(key);
    for (const [key, it] of tables.sessions)
      if (it.person === account && it.state === 'ended') tables.sessions.delete(key);
  }
};
