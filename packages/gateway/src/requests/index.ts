import type { RequestType } from '../request.ts';
import { away, back, setname } from './away.ts';
import { certificates, certify } from './certificates.ts';
import { commands, help } from './commands.ts';
import type { Handler, MemberHandler } from './desk.ts';
import { login, resume, visit } from './enter.ts';
import { latest } from './latest.ts';
import { mark, markers } from './markers.ts';
import { bans, moderate } from './moderation.ts';
import { monitor, unmonitor } from './monitor.ts';
import { identify, register, rename } from './names.ts';
import { people, prove } from './people.ts';
import { edit, react, takeBack } from './references.ts';
import { configure, invite } from './room-settings.ts';
import { history, join, members, part, rooms } from './rooms.ts';
import { search } from './search.ts';
import { invoke, priv, say, topic, typing } from './talk.ts';
import { upload } from './upload.ts';

type Entry<T extends RequestType> =
  /** Only before login. */
  | { readonly who: 'stranger'; readonly handle: Handler<T> }
  /**
   * Only after login. `next: 'at-once'`: the client's next request needn't wait for this one, since
   * nothing in how it is understood depends on it, and the line keeps their order.
   */
  | {
      readonly who: 'member';
      readonly next: 'at-once' | 'after';
      readonly handle: MemberHandler<T>;
    }
  | { readonly who: 'anyone'; readonly handle: Handler<T> };

/** Every request, who may make it, and what carries it out. */
export const requests: { readonly [T in RequestType]: Entry<T> } = {
  login: { who: 'stranger', handle: login },
  visit: { who: 'stranger', handle: visit },
  resume: { who: 'stranger', handle: resume },
  say: { who: 'member', next: 'at-once', handle: say },
  private: { who: 'member', next: 'at-once', handle: priv },
  edit: { who: 'member', next: 'at-once', handle: edit },
  delete: { who: 'member', next: 'at-once', handle: takeBack },
  react: { who: 'member', next: 'at-once', handle: react },
  topic: { who: 'member', next: 'at-once', handle: topic },
  typing: { who: 'member', next: 'at-once', handle: typing },
  mark: { who: 'member', next: 'after', handle: mark },
  markers: { who: 'member', next: 'after', handle: markers },
  invoke: { who: 'member', next: 'at-once', handle: invoke },
  upload: { who: 'member', next: 'after', handle: upload },
  rename: { who: 'member', next: 'after', handle: rename },
  away: { who: 'member', next: 'after', handle: away },
  setname: { who: 'member', next: 'after', handle: setname },
  back: { who: 'member', next: 'after', handle: back },
  join: { who: 'member', next: 'after', handle: join },
  part: { who: 'member', next: 'after', handle: part },
  configure: { who: 'member', next: 'after', handle: configure },
  invite: { who: 'member', next: 'after', handle: invite },
  members: { who: 'member', next: 'after', handle: members },
  rooms: { who: 'member', next: 'after', handle: rooms },
  history: { who: 'member', next: 'after', handle: history },
  people: { who: 'member', next: 'after', handle: people },
  monitor: { who: 'member', next: 'after', handle: monitor },
  unmonitor: { who: 'member', next: 'after', handle: unmonitor },
  latest: { who: 'member', next: 'after', handle: latest },
  search: { who: 'member', next: 'after', handle: search },
  register: { who: 'member', next: 'after', handle: register },
  identify: { who: 'member', next: 'after', handle: identify },
  certificates: { who: 'member', next: 'after', handle: certificates },
  certify: { who: 'member', next: 'after', handle: certify },
  decertify: { who: 'member', next: 'after', handle: certify },
  kick: { who: 'member', next: 'after', handle: moderate },
  ban: { who: 'member', next: 'after', handle: moderate },
  unban: { who: 'member', next: 'after', handle: moderate },
  mute: { who: 'member', next: 'after', handle: moderate },
  unmute: { who: 'member', next: 'after', handle: moderate },
  slow: { who: 'member', next: 'after', handle: moderate },
  role: { who: 'member', next: 'after', handle: moderate },
  bans: { who: 'member', next: 'after', handle: bans },
  commands: { who: 'member', next: 'after', handle: commands },
  help: { who: 'anyone', handle: help },
  ping: {
    who: 'anyone',
    handle: async (_, { id }) => ({ type: 'pong', ...(id !== undefined && { id }) }),
  },
  prove: { who: 'stranger', handle: prove },
  aside: { who: 'anyone', handle: async () => ({ type: 'aside' }) },
  quit: {
    who: 'anyone',
    handle: async (desk, { reason }) => {
      desk.quit(reason);
      return undefined;
    },
  },
};
