import type { Envelope, Hello, Outcome, PasswordChange, Problem } from '@partyline/protocol';
import type { Grant } from '../people/bot.ts';
import type { HookCursorRow } from '../store/hooks/rows.ts';
import type { AccountRow } from '../store/rows.ts';
import type { TokenRow } from '../store/tokens/rows.ts';
import type { WatchKey } from '../store/watches/rows.ts';
import type { Stranger } from './arrival.ts';
import type { Evidence } from './evidence.ts';
import type { Answered } from './log.ts';
import type { HookChange } from './tasks/hooks.ts';

/** A command of a session or a service, as an instance (or the operator) published it. */
export type Publish = {
  readonly type: 'publish';
  /** The instance that published it. */
  readonly by: string;
  readonly envelope: Envelope;
  /** What a bot's token allows; undefined when a service publishes. */
  readonly grant?: Grant;
};

/** What the line does that no session asked for. Each is a transaction of its own. */
export type Task =
  /** chat-core came up: instances and clients get their full time to come back. */
  | { readonly type: 'wake' }
  | {
      readonly type: 'hello';
      readonly instance: string;
      readonly hello: Hello;
      /** Of the bot whose instance it is. */
      readonly grant?: Grant;
    }
  /** An instance stops: its sessions may be resumed elsewhere. */
  | { readonly type: 'leave'; readonly instance: string }
  /** An instance's stream begins. */
  | { readonly type: 'attach'; readonly instance: string }
  /** An instance's stream broke: it has the grace time to come back. */
  | { readonly type: 'lapse'; readonly instance: string }
  /** Instances are known to be there. */
  | { readonly type: 'renew'; readonly instances: readonly string[] }
  /** Ends what has run out of time, a part at a time. */
  | { readonly type: 'sweep' }
  | {
      readonly type: 'register';
      readonly session: string;
      /** The id for the account, if there is to be a new one. */
      readonly account: string;
      /** As it is kept. */
      readonly password: string;
    }
  /** There is to be a bot, whose name nobody else may have. */
  | { readonly type: 'employ'; readonly account: AccountRow }
  /** A bot gets another token: the old one is void. */
  | { readonly type: 'retoken'; readonly account: string; readonly tokenHash: string }
  | { readonly type: 'hook'; readonly hook: string; readonly change: HookChange }
  /** Outgoing webhooks were told so far. */
  | { readonly type: 'delivered'; readonly cursors: readonly HookCursorRow[] }
  /** Watched names are looked up, each by an instance, and are due again at a time. */
  | {
      readonly type: 'look';
      readonly looks: readonly {
        readonly watch: WatchKey;
        readonly instance: string;
        readonly dueAt: number;
      }[];
    }
  /** The names that the deployment's settings have watched, and for which room. */
  | { readonly type: 'deployment'; readonly names: readonly string[]; readonly room: string }
  /** A bot's token was used. */
  | { readonly type: 'used'; readonly account: string }
  /** A bot is no more; its name is free. */
  | { readonly type: 'dismiss'; readonly account: string }
  /** The operator gives an account another password, as it is kept; nothing else lets in any more. */
  | { readonly type: 'reset'; readonly account: string; readonly password: string }
  /** The operator ends an account's sessions. */
  | { readonly type: 'expel'; readonly account: string; readonly reason: string }
  /** The operator deletes an account; its nick is free. */
  | { readonly type: 'forget'; readonly account: string; readonly reason: string }
  /** The session has proved to be the account's. */
  | {
      readonly type: 'identify';
      readonly session: string;
      readonly account: string;
      readonly evidence: Evidence;
    }
  /** The session's account is known by a certificate from now on, or (`decertify`) no longer. */
  | {
      readonly type: 'certify' | 'decertify';
      readonly session: string;
      readonly fingerprint: string;
    }
  /** The operator takes a certificate from an account. */
  | { readonly type: 'revoke'; readonly account: string; readonly fingerprint: string }
  /** An operator did something that is in no log of ours, such as a backup. */
  | { readonly type: 'noted'; readonly deed: string; readonly target: string }
  /** There is to be a token of the admin API. */
  | { readonly type: 'mint'; readonly token: TokenRow }
  /** A token of the admin API is void. */
  | { readonly type: 'annul'; readonly name: string }
  /** A wrong password: counted for the place and the name. */
  | { readonly type: 'mistake'; readonly keys: readonly string[] }
  /** The right one: mistakes for the name are forgotten. */
  | { readonly type: 'forgive'; readonly key: string }
  /** Somebody who has proved to be an account comes in as it. */
  | ({
      readonly type: 'login';
      readonly account: string;
      readonly evidence: Evidence;
      /** Where it comes in, spelled as rooms are; the lobby when left out. */
      readonly rooms?: readonly string[];
      /** It reads nothing: what waits for the account goes on waiting. */
      readonly quiet?: boolean;
    } & Stranger);
export type TaskType = Task['type'];
export type TaskOf<T extends TaskType> = Extract<Task, { type: T }>;

export type Work = Publish | Task;

/** Who a session is now. */
export type Identity = {
  readonly nick: string;
  readonly account: string;
  /** The nick that the account has registered, whatever it goes by. */
  readonly accountNick: string;
};

/** What a registration came to: the account had the nick already, and its password was `changed`. */
export type Registered = Identity & { readonly changed?: PasswordChange };

/** What the operator took from an account with its password. */
export type Reset = {
  /** Sessions that were ended. */
  readonly ended: number;
  /** Certificates that were revoked. */
  readonly certificates: number;
};

/** What each task is answered with. */
export type TaskAnswers = {
  wake: undefined;
  /** Sessions of the hello that are over. */
  hello: readonly string[] | Problem;
  leave: undefined;
  /** Whether the instance has said hello. */
  attach: boolean;
  lapse: undefined;
  renew: undefined;
  /** Whether there is more to end. */
  sweep: boolean;
  employ: Problem | undefined;
  retoken: Problem | undefined;
  hook: Problem | undefined;
  delivered: undefined;
  look: undefined;
  deployment: undefined;
  used: undefined;
  dismiss: Problem | undefined;
  reset: Reset | Problem;
  /** How many sessions were ended, of each of these. */
  expel: number | Problem;
  forget: number | Problem;
  register: Registered | Problem;
  identify: Identity | Problem;
  login: Answered | Problem;
  certify: Problem | undefined;
  decertify: Problem | undefined;
  revoke: Problem | undefined;
  noted: undefined;
  mint: Problem | undefined;
  annul: Problem | undefined;
  mistake: undefined;
  forgive: undefined;
};
export type Answer = Outcome | TaskAnswers[TaskType];
