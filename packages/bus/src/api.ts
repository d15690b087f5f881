import {
  type Certificate,
  type CommandInfo,
  type EventPage,
  type EventQuery,
  type Heads,
  type Hello,
  type HelloAnswer,
  type InstanceInfo,
  type InstanceReport,
  type Marker,
  type MemberInfo,
  type Monitors,
  type PasswordChange,
  type PersonInfo,
  type Problem,
  problem,
  type ReceiptOf,
  type RoomInfo,
  type SearchPage,
  type SearchPlace,
  type SearchQuery,
} from '@partyline/protocol';
import type { Http, Reply } from './http.ts';
import type { Sent } from './publisher.ts';

/** An account, and the nick it goes by. */
export type Identity = {
  readonly nick: string;
  /** Its id. */
  readonly account: string;
  /** The nick that it has registered. */
  readonly accountNick: string;
};

/** Who somebody says to be: a nick with its password, or by a certificate, of the nick if one is given. */
export type Claim =
  | { readonly nick: string; readonly password: string }
  | {
      /** SHA-256, in lower-case hexadecimal. */
      readonly certificate: string;
      readonly nick?: string;
    };

/** Who comes in as an account, and over what. */
export type Login = Claim & {
  readonly token: string;
  readonly wire: string;
  readonly address?: string;
  /** Rooms to come into; the lobby when left out. */
  readonly rooms?: readonly string[];
  /** It only speaks: what waits for the account goes on waiting. */
  readonly quiet?: boolean;
};

/** Who says to be whom. */
export type Proof = Claim & Pick<Login, 'address'>;

/** What can be asked of chat-core at any time. Rejected when the bus is away, but for accounts. */
export interface Reads {
  events(room: string, query: EventQuery): Promise<EventPage>;
  /** Rooms, and of private ones those that a session is in. */
  rooms(session: string): Promise<readonly RoomInfo[]>;
  /** A room, unless it is private and the session is not in it. */
  room(name: string, session: string): Promise<RoomInfo | Problem>;
  /** How many are in a room, and the names of the first `limit`. */
  members(
    room: string,
    limit?: number,
  ): Promise<{ readonly count: number; readonly members: readonly MemberInfo[] }>;
  /** Those who go by nicks, or have registered them, as the person of a session sees them. */
  people(nicks: readonly string[], session: string): Promise<readonly PersonInfo[]>;
  /** The slash commands that somebody serves in a room. */
  commands(room: string): Promise<readonly CommandInfo[]>;
  /** How far the account of a session has read: all that it marked, or these rooms. */
  markers(session: string, rooms?: readonly string[]): Promise<readonly Marker[]>;
  /** Has the instance told when people under these nicks come and go, or (`remove`) no longer; by the keys of nicks. */
  monitor(changes: Monitors): Promise<void>;
  /**
   * Has the instance told when rooms go on (`head`) without reading them, or (`remove`) no longer.
   * To be asked anew after each `welcome`.
   */
  heads(changes: Heads): Promise<void>;
  instances(): Promise<readonly InstanceInfo[]>;
  search(place: SearchPlace, query: SearchQuery): Promise<SearchPage | Problem>;
  /** `changed`: the account had the nick, and has another password now. */
  register(
    session: string,
    password: string,
  ): Promise<(Identity & { readonly changed?: PasswordChange }) | Problem>;
  identify(session: string, who: Claim): Promise<Identity | Problem>;
  /** The certificates by which the account of a session is known. */
  certificates(session: string): Promise<readonly Certificate[] | Problem>;
  /** The same once another one is among them, or (`decertify`) no longer. */
  certify(session: string, fingerprint: string): Promise<readonly Certificate[] | Problem>;
  decertify(session: string, fingerprint: string): Promise<readonly Certificate[] | Problem>;
  login(who: Login): Promise<ReceiptOf<'opened'> | Problem>;
  /** Looks whether a password is right, and opens nothing. */
  prove(who: Proof): Promise<Identity | Problem>;
}

/** The paths of the bus, as one instance asks for them. */
export interface Api {
  readonly reads: Reads;
  greet(hello: Hello, signal: AbortSignal): Promise<Reply<HelloAnswer>>;
  subscribe(silenceMs: number, signal: AbortSignal): Promise<Reply<AsyncIterable<Buffer>>>;
  publish(ndjson: string, signal: AbortSignal): Promise<Sent>;
  report(report: InstanceReport, signal: AbortSignal): Promise<Reply<unknown>>;
  signOff(signal: AbortSignal): Promise<Reply<unknown>>;
}

const BASE = '/bus/v1';
const room = (name: string): string => `${BASE}/rooms/${encodeURIComponent(name)}`;

const required = <T>(reply: Reply<T>): T => {
  if (reply.type === 'ok') return reply.value;
  if (reply.type === 'away') throw new Error('The bus is away', { cause: reply.cause });
  throw new Error(`The bus refused: ${reply.problem.message}`);
};

const valueOrProblem = <T>(reply: Reply<T>): T | Problem => {
  if (reply.type === 'ok') return reply.value;
  return reply.type === 'refused' ? reply.problem : problem('unavailable');
};

const sent = (reply: Reply<string>): Sent => {
  if (reply.type === 'ok') return { type: 'answered', outcomes: reply.value };
  if (reply.type === 'away') return reply;
  const { status, problem } = reply;
  if (problem.code === 'instance-unknown') return { type: 'forgotten' };
  if (status === 400 || status === 413 || status === 422) return { type: 'rejected', problem };
  return { type: 'hopeless', problem };
};

/** `signal` ends what is asked by `reads`. */
export const createApi = (http: Http, instance: string, signal: AbortSignal): Api => {
  const me = encodeURIComponent(instance);
  const get = async <T>(path: string): Promise<T> =>
    required(await http.ask<T>({ method: 'GET', path, signal }));
  const post = async <T>(path: string, json: unknown): Promise<T | Problem> =>
    valueOrProblem(await http.ask<T>({ method: 'POST', path, json, signal }));

  const certificates = async (
    method: 'GET' | 'PUT' | 'DELETE',
    session: string,
    fingerprint?: string,
  ): Promise<readonly Certificate[] | Problem> => {
    const one = fingerprint === undefined ? '' : `/${encodeURIComponent(fingerprint)}`;
    const path = `${BASE}/accounts/certificates${one}?session=${encodeURIComponent(session)}`;
    const reply = await http.ask<{ certificates: readonly Certificate[] }>({
      ...{ method, path, signal },
    });
    const it = valueOrProblem(reply);
    return 'certificates' in it ? it.certificates : it;
  };

  return {
    greet: (hello, signal) =>
      http.ask({ method: 'PUT', path: `${BASE}/instances/${me}`, json: hello, signal }),
    subscribe: (silenceMs, signal) =>
      http.stream({ method: 'GET', path: `${BASE}/subscribe?instance=${me}`, signal }, silenceMs),
    publish: async (ndjson, signal) =>
      sent(
        await http.publish({
          method: 'POST',
          path: `${BASE}/publish?instance=${me}`,
          ...{ ndjson, signal },
        }),
      ),
    report: (report, signal) =>
      http.ask({ method: 'PUT', path: `${BASE}/instances/${me}/report`, json: report, signal }),
    signOff: (signal) => http.ask({ method: 'DELETE', path: `${BASE}/instances/${me}`, signal }),
    reads: {
      events: (name, query) => {
        const parts = Object.entries(query).map(([part, value]) => `${part}=${value}`);
        return get(`${room(name)}/events?${parts.join('&')}`);
      },
      rooms: async (session) => {
        const path = `${BASE}/rooms?session=${encodeURIComponent(session)}`;
        return (await get<{ rooms: readonly RoomInfo[] }>(path)).rooms;
      },
      room: async (name, session) => {
        const path = `${room(name)}?session=${encodeURIComponent(session)}`;
        return valueOrProblem(await http.ask<RoomInfo>({ method: 'GET', path, signal }));
      },
      members: (name, limit) =>
        get(`${room(name)}/members${limit === undefined ? '' : `?limit=${limit}`}`),
      search: async (place, { text, before, limit }) => {
        const asked = new URLSearchParams({ q: text, limit: String(limit) });
        if (before !== undefined) asked.set('before', String(before));
        if ('session' in place) asked.set('session', place.session);
        const base = 'room' in place ? room(place.room) : BASE;
        const path = `${base}/search?${asked}`;
        return valueOrProblem(await http.ask<SearchPage>({ method: 'GET', path, signal }));
      },
      people: async (nicks, session) => {
        const asked = new URLSearchParams({ session });
        for (const nick of nicks) asked.append('nick', nick);
        return (await get<{ people: readonly PersonInfo[] }>(`${BASE}/people?${asked}`)).people;
      },
      commands: async (name) =>
        (await get<{ commands: readonly CommandInfo[] }>(`${room(name)}/commands`)).commands,
      markers: async (session, rooms = []) => {
        const asked = new URLSearchParams({ session });
        for (const name of rooms) asked.append('room', name);
        return (await get<{ markers: readonly Marker[] }>(`${BASE}/markers?${asked}`)).markers;
      },
      monitor: async (changes) => {
        const path = `${BASE}/instances/${me}/monitors`;
        required(await http.ask<unknown>({ method: 'POST', path, json: changes, signal }));
      },
      heads: async (changes) => {
        const path = `${BASE}/instances/${me}/heads`;
        required(await http.ask<unknown>({ method: 'POST', path, json: changes, signal }));
      },
      instances: async () =>
        (await get<{ instances: readonly InstanceInfo[] }>(`${BASE}/instances`)).instances,
      register: (session, password) => post(`${BASE}/accounts/register`, { session, password }),
      identify: (session, who) => post(`${BASE}/accounts/identify`, { session, ...who }),
      certificates: (session) => certificates('GET', session),
      certify: (session, fingerprint) => certificates('PUT', session, fingerprint),
      decertify: (session, fingerprint) => certificates('DELETE', session, fingerprint),
      prove: (who) => post(`${BASE}/accounts/prove`, who),
      login: (who) => post(`${BASE}/accounts/login`, { instance, ...who }),
    },
  };
};
