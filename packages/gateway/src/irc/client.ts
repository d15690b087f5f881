import { isPairRoom, type Locale, nickKey } from '@partyline/protocol';
import type { Capabilities, CapabilityName } from './capabilities.ts';
import { ircNick, prefixOf } from './names.ts';
import { type Numeric, numericLine, numericText } from './numerics.ts';
import { type Texts, texts } from './texts.ts';
import type { Line } from './wire/line.ts';

/** Who a client proved to be before it came in; without a password, by the certificate that it shows. */
export type Credentials = { readonly nick: string; readonly password?: string | undefined };

/** How far SASL has come: what was sent of a message that comes in several lines. */
export type Sasl = { readonly mechanism: 'PLAIN' | 'EXTERNAL'; readonly sent: string };

/** Where a client stands. */
export type Stage =
  | {
      readonly at: 'door';
      readonly nick?: string;
      readonly user?: string;
      /** What `PASS` said. */
      readonly pass?: string;
      /** Between `CAP LS` and `CAP END`. */
      readonly isNegotiating: boolean;
      readonly proven?: Credentials;
    }
  /** The line was asked. */
  | { readonly at: 'opening'; readonly nick: string }
  | {
      readonly at: 'in';
      readonly nick: string;
      /** The nick that its account has registered; a guest has none. */
      readonly account?: string;
    };

/** Somebody whom a client monitors, as the client was told it; not there until it was. */
export type Monitored = { readonly nick: string; readonly isOnline?: boolean };

/** What one client is to the dialect, and how it is spoken to. */
export class Client {
  readonly locale: Locale;
  readonly texts: Texts;
  stage: Stage = { at: 'door', isNegotiating: false };
  caps: Capabilities = new Set();
  /** What `CAP LS` said; 0 before. */
  capVersion = 0;
  sasl: Sasl | undefined;
  /** Rooms, without pairs' logs. */
  readonly rooms = new Set<string>();
  /** Nicks that it monitors, by their keys. */
  readonly monitored = new Map<string, Monitored>();
  /** What it is called besides its nick. */
  realName: string | undefined;
  /** People online, when it was last told. */
  online = 0;

  constructor(locale: Locale) {
    this.locale = locale;
    this.texts = texts[locale];
  }

  /** What the client is called, `*` until it has come in under a nick. */
  get nick(): string {
    return this.stage.at === 'in' ? ircNick(this.stage.nick) : '*';
  }

  get prefix(): string {
    return prefixOf(this.stage.nick ?? '*');
  }

  has(capability: CapabilityName): boolean {
    return this.caps.has(capability);
  }

  isMe(nick: string): boolean {
    return this.stage.nick !== undefined && nickKey(this.stage.nick) === nickKey(nick);
  }

  /** A numeric with its own text. */
  numeric(
    name: Numeric,
    params: readonly string[] = [],
    fill: Readonly<Record<string, string | number>> = {},
  ): Line {
    return numericLine(name, this.nick, params, numericText(name, this.locale, fill));
  }

  /** A numeric with another text than its own. */
  numericSaying(name: Numeric, params: readonly string[], text: string): Line {
    return numericLine(name, this.nick, params, text);
  }

  notice(text: string, source?: string): Line {
    return {
      ...(source !== undefined && { source }),
      command: 'NOTICE',
      params: [this.nick, text],
    };
  }

  /** A standard reply (https://ircv3.net/specs/extensions/standard-replies), or a notice to those who don't know it. */
  fail(command: string, code: string, context: readonly string[], text: string): Line {
    return this.has('standard-replies')
      ? { command: 'FAIL', params: [command, code, ...context, text] }
      : this.notice(text);
  }

  came(room: string): void {
    if (!isPairRoom(room)) this.rooms.add(room);
  }
}
