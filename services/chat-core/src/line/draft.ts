import { beginningOf, isPairRoom, pairPersons } from '@partyline/protocol';
import { eventOf } from '../store/event-of.ts';
import type { Changes, MarkerKey } from '../store/port.ts';
import type {
  AccountRow,
  CertificateRow,
  CursorRow,
  EventKey,
  EventRow,
  InstanceRow,
  InvitationRow,
  LockoutRow,
  MarkerRow,
  NameRow,
  Published,
  Reaction,
  ReactionKey,
  Referred,
  RoomRow,
  SessionRow,
} from '../store/rows.ts';
import type { TokenRow } from '../store/tokens/rows.ts';
import type { Effect } from './effect.ts';
import { Hooks } from './hooks.ts';
import {
  eventKey,
  invitationKey,
  invitationOf,
  type Loaded,
  markerKey,
  publishKey,
  reactionKey,
} from './loaded.ts';
import { Memberships } from './memberships.ts';
import { Moderation } from './moderation/moderation.ts';
import { Rows, Unloaded } from './rows.ts';
import type { Rules } from './rules.ts';
import { Watches } from './watching/watches.ts';

/** Under which the operator publishes, as instances do under their ids. */
export const OPERATOR = 'operator';

const operator: InstanceRow = {
  ...{ instance: OPERATOR, kind: OPERATOR, endpoints: [], commands: [], rooms: [] },
  ...{ startedAt: 0, leaseUntil: 0, bot: null },
};

/** What a batch is decided with, beside what was loaded. */
export type Circumstances = {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly epoch: string;
  readonly rules: Rules;
  /** Instances with a stream. */
  readonly attached: ReadonlySet<string>;
  /** The token of the admin API by which the batch is done. */
  readonly token?: string;
};

/**
 * A batch in the making: answers what is, with the batch's own changes in it, and records what
 * becomes of it. Thrown away, nothing has happened.
 */
export class Draft {
  readonly loaded: Loaded;
  readonly now: number;
  readonly epoch: string;
  readonly rules: Rules;
  readonly attached: ReadonlySet<string>;
  readonly effects: Effect[] = [];
  readonly members: Memberships;
  readonly moderation: Moderation;
  readonly hooks: Hooks;
  readonly watches: Watches;
  /** Of the admin API, by name. */
  readonly tokens: Rows<TokenRow>;
  /** That of them by which the batch is done. */
  readonly token: string | undefined;
  readonly #instances: Rows<InstanceRow>;
  readonly #sessions: Rows<SessionRow>;
  readonly #persons: Rows<readonly string[]>;
  readonly #names: Rows<NameRow>;
  readonly #accounts: Rows<AccountRow>;
  readonly #accountsByName: Rows<AccountRow>;
  readonly #rooms: Rows<RoomRow>;
  readonly #invitations: Rows<InvitationRow>;
  readonly #certificates: Rows<CertificateRow>;
  readonly #markers: Rows<MarkerRow>;
  readonly #published: Rows<Published>;
  readonly #referred: Rows<Referred>;
  readonly #reactions: Rows<Reaction>;
  readonly #events: EventRow[] = [];
  readonly #lockouts: Rows<LockoutRow>;
  readonly #erased: EventKey[] = [];
  readonly #cursors = new Map<string, CursorRow>();
  /** Persons for whom the batch changed what waits. */
  readonly #writtenTo = new Set<string>();
  /** Persons whose invitations the batch changed. */
  readonly #invited = new Set<string>();
  #online: number | undefined;

  constructor(loaded: Loaded, circumstances: Circumstances) {
    this.loaded = loaded;
    this.now = circumstances.now;
    this.epoch = circumstances.epoch;
    this.rules = circumstances.rules;
    this.attached = circumstances.attached;
    this.#lockouts = new Rows(loaded.lockouts);
    this.members = new Memberships(loaded.members);
    this.moderation = new Moderation(loaded.moderation);
    this.hooks = new Hooks(loaded.hooks);
    this.watches = new Watches(loaded);
    this.tokens = new Rows(loaded.tokens);
    this.token = circumstances.token;
    this.#instances = new Rows(loaded.instances);
    this.#sessions = new Rows(loaded.sessions);
    this.#persons = new Rows(loaded.persons);
    this.#names = new Rows(loaded.names);
    this.#accounts = new Rows(loaded.accounts);
    this.#accountsByName = new Rows(loaded.accountsByName);
    this.#rooms = new Rows(loaded.rooms);
    this.#invitations = new Rows(loaded.invitations);
    this.#certificates = new Rows(loaded.certificates);
    this.#markers = new Rows(loaded.markers);
    this.#published = new Rows(loaded.published);
    this.#referred = new Rows(loaded.referred);
    this.#reactions = new Rows(loaded.reactions);
    this.#online = loaded.online;
  }

  /** People online. */
  get online(): number {
    if (this.#online === undefined) throw new Unloaded('online');
    return this.#online;
  }

  instance(id: string): InstanceRow | undefined {
    return id === OPERATOR ? operator : this.#instances.get(id);
  }

  putInstance(row: InstanceRow): void {
    this.#instances.put(row.instance, row);
  }

  dropInstance(id: string): void {
    this.#instances.drop(id);
    this.effects.push({ type: 'gone', instance: id });
  }

  session(id: string): SessionRow | undefined {
    return this.#sessions.get(id);
  }

  /** The live and detached sessions of a person. */
  sessionsOf(person: string): readonly SessionRow[] {
    return this.#idsOf(person).flatMap((id) => this.#sessions.get(id) ?? []);
  }

  putSession(row: SessionRow): void {
    const was = this.#sessions.get(row.session);
    this.#sessions.put(row.session, row);
    const before = was === undefined || was.state === 'ended' ? undefined : was.person;
    const after = row.state === 'ended' ? undefined : row.person;
    if (before === after) return;
    if (before !== undefined)
      this.#persons.put(
        before,
        this.#idsOf(before).filter((id) => id !== row.session),
      );
    if (after !== undefined) this.#persons.put(after, [...this.#idsOf(after), row.session]);
  }

  /** Forgets a session that has ended. */
  dropSession(id: string): void {
    this.#sessions.drop(id);
    this.moderation.forget(id);
  }

  /** Who holds a nick. */
  holder(nameKey: string): NameRow | undefined {
    return this.#names.get(nameKey);
  }

  claimName(row: NameRow): void {
    if (this.#names.get(row.nameKey) === undefined) this.#online = this.online + 1;
    this.#names.put(row.nameKey, row);
  }

  freeName(nameKey: string): void {
    if (this.#names.get(nameKey) === undefined) return;
    this.#online = this.online - 1;
    this.#names.drop(nameKey);
  }

  account(id: string): AccountRow | undefined {
    return this.#accounts.get(id);
  }

  /** The nick that a person has registered: one in whose name something is done, so that it is loaded. */
  accountNick(person: string): string | undefined {
    const account = this.#accounts.peek(person);
    return account?.bot === null ? account.nick : undefined;
  }

  /** The account that a nick is registered to. */
  registered(nameKey: string): AccountRow | undefined {
    return this.#accountsByName.get(nameKey);
  }

  /** Accounts whose nick looks like that. Only tasks change accounts, each alone in its batch. */
  registeredLike(skeleton: string): readonly AccountRow[] {
    const found = this.loaded.accountsBySkeleton.get(skeleton);
    if (found === undefined) throw new Unloaded(skeleton);
    return found;
  }

  putAccount(row: AccountRow): void {
    this.#accounts.put(row.account, row);
    this.#accountsByName.put(row.nameKey, row);
  }

  dropAccount(row: AccountRow): void {
    this.#accounts.drop(row.account);
    this.#accountsByName.drop(row.nameKey);
  }

  /** A certificate by which somebody is known. */
  certificate(fingerprint: string): CertificateRow | undefined {
    return this.#certificates.get(fingerprint);
  }

  putCertificate(row: CertificateRow): void {
    this.#certificates.put(row.fingerprint, row);
  }

  dropCertificate(fingerprint: string): void {
    this.#certificates.drop(fingerprint);
  }

  /** Wrong passwords from a place or for a name. */
  lockout(key: string): LockoutRow | undefined {
    return this.#lockouts.get(key);
  }

  putLockout(row: LockoutRow): void {
    this.#lockouts.put(row.key, row);
  }

  dropLockout(key: string): void {
    this.#lockouts.drop(key);
  }

  /** Where something waits for an account; Unloaded when the batch itself has changed that. */
  waiting(account: string): readonly CursorRow[] {
    const found = this.loaded.waiting.get(account);
    if (found === undefined || this.#writtenTo.has(account)) throw new Unloaded(account);
    return found;
  }

  putCursor(row: CursorRow): void {
    this.#cursors.set(`${row.room}\n${row.account}`, row);
    this.#writtenTo.add(row.account);
  }

  /** How far an account has read a room. */
  marker(key: MarkerKey): MarkerRow | undefined {
    return this.#markers.get(markerKey(key));
  }

  putMarker(row: MarkerRow): void {
    this.#markers.put(markerKey(row), row);
  }

  room(name: string): RoomRow | undefined {
    return this.#rooms.get(name);
  }

  putRoom(row: RoomRow): void {
    this.#rooms.put(row.room, row);
  }

  isInvited(room: string, person: string): boolean {
    return this.#invitations.get(invitationKey({ room, person })) !== undefined;
  }

  invite(row: InvitationRow): void {
    this.#invitations.put(invitationKey(row), row);
    this.#invited.add(row.person);
  }

  /** Invitations that a person was not told of; Unloaded when the batch itself has changed them. */
  untold(person: string): readonly InvitationRow[] {
    const found = this.loaded.untold.get(person);
    if (found === undefined || this.#invited.has(person)) throw new Unloaded(person);
    return found;
  }

  uninvite(room: string, person: string): void {
    this.#invitations.drop(invitationKey({ room, person }));
    this.#invited.add(person);
  }

  published(room: string, person: string, id: string): Published | undefined {
    return this.#published.get(publishKey({ room, person, id }));
  }

  /** Adds an event whose number its room has been given. */
  append(row: EventRow, trace: string | undefined, target?: Referred): void {
    const event = eventOf(row, target, this.accountNick(row.person));
    this.#events.push(row);
    if (isPairRoom(row.room))
      for (const person of pairPersons(row.room)) this.#writtenTo.add(person);
    this.#published.put(publishKey(row), row);
    this.#refer(row);
    this.effects.push({ type: 'event', event: trace === undefined ? event : { ...event, trace } });
  }

  /** An event as others that refer to it need to know it. */
  referred(key: EventKey): Referred | undefined {
    return this.#referred.get(eventKey(key));
  }

  reaction(key: ReactionKey): Reaction | undefined {
    return this.#reactions.get(reactionKey(key));
  }

  /** Takes the text of an event, and of its edits, out of the log. */
  erase(target: Referred): void {
    this.#erased.push(target);
    this.#referred.put(eventKey(target), { ...target, text: '' });
  }

  /** What the batch comes to: what is to be written, and what others are to be told. */
  finish(): { readonly changes: Changes | undefined; readonly effects: readonly Effect[] } {
    const effects: Effect[] = [...this.effects, ...this.#comings()];
    if (this.#online !== this.loaded.online) effects.push({ type: 'online', online: this.online });
    return { changes: this.#changes(), effects };
  }

  /** Later decisions may refer to what this one appended, or to what it changed. */
  #refer(row: EventRow): void {
    const { room, ref, person, text, kind, seq } = row;
    // Nobody in the batch refers to anything.
    if (this.loaded.referred.size === 0) return;
    this.#referred.put(eventKey(row), { ...row, text: beginningOf(text) });
    if (ref === null) return;
    if (kind === 'edit') {
      const target = this.referred({ room, seq: ref });
      if (target !== undefined)
        this.#referred.put(eventKey(target), { ...target, text: beginningOf(text) });
    }
    if (kind === 'react' || kind === 'unreact') {
      const reaction = { room, ref, person, text, kind, seq, at: row.at };
      this.#reactions.put(reactionKey(reaction), reaction);
    }
  }

  /** Who came and went, under whichever nick. */
  #comings(): readonly Effect[] {
    const { put, dropped: went } = this.#names.changes();
    const came = put.flatMap(({ nameKey, nick }) =>
      this.loaded.names.get(nameKey) === undefined ? nick : [],
    );
    return came.length + went.length === 0 ? [] : [{ type: 'names', came, went }];
  }

  #idsOf(person: string): readonly string[] {
    return this.#persons.get(person) ?? [];
  }

  /** Undefined when nothing is to be written. */
  #changes(): Changes | undefined {
    const certificates = this.#certificates.changes();
    const instances = this.#instances.changes();
    const sessions = this.#sessions.changes();
    const names = this.#names.changes();
    const accounts = this.#accounts.changes();
    const invitations = this.#invitations.changes();
    const moderation = this.moderation.changes();
    const hooks = this.hooks.changes();
    const watches = this.watches.changes();
    const lockouts = this.#lockouts.changes();
    const tokens = this.tokens.changes();
    const changes: Changes = {
      events: this.#events,
      erased: this.#erased,
      rooms: this.#rooms.changes().put,
      sessions: { put: sessions.put, drop: sessions.dropped.map((session) => ({ session })) },
      names: { put: names.put, drop: names.dropped.map((nameKey) => ({ nameKey })) },
      members: this.members.changes(),
      instances: { put: instances.put, drop: instances.dropped.map((instance) => ({ instance })) },
      accounts: {
        put: accounts.put,
        drop: accounts.dropped.map((account) => ({ account })),
      },
      invitations: {
        put: invitations.put,
        drop: invitations.dropped.map((key) => invitationOf(key)),
      },
      cursors: [...this.#cursors.values()],
      markers: this.#markers.changes().put,
      certificates: {
        put: certificates.put,
        drop: certificates.dropped.map((fingerprint) => ({ fingerprint })),
      },
      moderation,
      hooks,
      watches,
      tokens: { put: tokens.put, drop: tokens.dropped.map((name) => ({ name })) },
      lockouts: { put: lockouts.put, drop: lockouts.dropped.map((key) => ({ key })) },
    };
    const lists = [
      ...[changes.events, changes.rooms, changes.cursors, changes.markers],
      ...[hooks.cursors, hooks.hooks.put, hooks.hooks.drop, watches.put, watches.drop],
      ...[moderation.paces, moderation.audit, moderation.forgotten],
      ...[
        ...[changes.sessions, changes.names, changes.members, changes.instances],
        ...[changes.invitations, changes.lockouts, changes.accounts, changes.certificates],
        changes.tokens,
        ...[moderation.roles, moderation.mutes, moderation.bans],
      ].flatMap((it) => [it.put, it.drop]),
    ];
    return lists.some((list) => list.length > 0) ? changes : undefined;
  }
}
