import {
  EVERYWHERE,
  type Locale,
  type PasswordChange,
  type PersonalDeed,
  type Quote,
  type Role,
  type RoomSettings,
  untilText,
} from '@partyline/protocol';
import type { Deed } from '../moderation.ts';
import type { CommandName } from './commands.ts';
import { ageText } from './room-settings.ts';

/** How a command is used, and what for. */
type Usage = readonly [usage: string, purpose: string];

/** Everything the text dialect says by itself, in one language. */
export type Texts = {
  greeting(online: number): string;
  /** Before what was said to the reader alone, or by the reader to somebody alone. */
  privately(to: string | undefined): string;
  welcome(nick: string): string;
  /** `reason` may be empty, as it may for `removed`. */
  farewell(nick: string, reason: string): string;
  renamed(was: string, nick: string): string;
  away(nick: string, text: string): string;
  offline(nick: string): string;
  back(nick: string): string;
  readonly youAway: string;
  readonly youBack: string;
  /** Who is there, in a list, with what is to be known of them. */
  marked(nick: string, marks: readonly string[]): string;
  awayMark(text: string): string;
  /** Of somebody whose nickname is registered to them. */
  readonly registeredMark: string;
  readonly roles: Readonly<Record<Role, string>>;
  /** More came and went than were named. */
  more(joined: number, left: number): string;
  topicSet(nick: string, topic: string): string;
  topicCleared(nick: string): string;
  /** `who` is how the line begins without what it replies to. */
  replied(who: string, quote: Quote | undefined, line: string): string;
  edited(nick: string, quote: string | undefined, line: string): string;
  /** Somebody takes back what was said; the quote is of that. */
  tookBack(nick: string, quote: Quote | undefined): string;
  /** In place of what was said and is taken back. */
  takenBack(nick: string): string;
  reacted(nick: string, reaction: string, quote: Quote | undefined): string;
  reactedNoMore(nick: string, reaction: string, quote: Quote | undefined): string;
  readonly nickChanged: string;
  joined(room: string, members: number): string;
  parted(room: string): string;
  topic(room: string, topic: string): string;
  noTopic(room: string): string;
  readonly users: string;
  moreUsers(count: number): string;
  readonly rooms: string;
  /** Of a room that strangers don't see. */
  readonly private: string;
  /** How a room is set. */
  settings(room: string, settings: RoomSettings): readonly string[];
  invitation(nick: string, room: string): string;
  uninvited(nick: string, room: string): string;
  /** Told to whom `by` invited. */
  invited(by: string, room: string): string;
  readonly noHistory: string;
  notFound(text: string): string;
  registered(nick: string): string;
  passwordChanged(nick: string, change: PasswordChange): string;
  identified(nick: string): string;
  removed(room: string, reason: string): string;
  /** What a moderator did. */
  moderated(deed: Deed): string;
  /** A moderator did something to the reader; `reason` may be empty. */
  concerned(room: string, by: string, what: PersonalDeed): string;
  /** Somebody who runs the room did something that all there are told. */
  slowSet(by: string, ms: number): string;
  roleGiven(by: string, nick: string, role: Role): string;
  roomSet(by: string): string;
  /** That a room is in slow mode. */
  slow(room: string, ms: number): string;
  bans(place: string): string;
  noBans(place: string): string;
  ban(who: string, until: string, by: string, reason: string): string;
  gap(room: string): string;
  closing(why: string, detail: string): string;
  readonly help: string;
  /** The commands without a slash. */
  readonly shortCommands: readonly Usage[];
  readonly commands: { readonly [C in CommandName]: Usage };
};

const quoted = (text = ''): string => (text === '' ? 'a message' : `"${text}"`);
const enQuote = (quote: Quote | undefined): string =>
  quote === undefined
    ? 'a message'
    : quote.text === ''
      ? quote.nick
      : `${quote.nick} ${quoted(quote.text)}`;

const corners = (text = ''): string => (text === '' ? '一条消息' : `“${text}”`);
const zhQuote = (quote: Quote | undefined): string =>
  quote === undefined
    ? '一条消息'
    : quote.text === ''
      ? quote.nick
      : `${quote.nick}${corners(quote.text)}`;

const enRoles: Readonly<Record<Role, string>> = {
  ...{ owner: 'an owner', moderator: 'a moderator', operator: 'an operator' },
  member: 'a plain member',
};
const zhRoles: Readonly<Record<Role, string>> = {
  ...{ owner: '房主', moderator: '管理员', member: '普通成员', operator: '管理员' },
};

/** How long something lasts, to the minute; nothing when it doesn't end by itself. */
const forMinutes = (ms: number | undefined, locale: Locale): string => {
  if (ms === undefined) return '';
  const minutes = Math.ceil(ms / 60_000);
  return locale === 'en' ? ` for ${minutes} min` : ` ${minutes} 分钟`;
};

export const texts: { readonly [L in Locale]: Texts } = {
  en: {
    greeting: (online) => `Welcome, ${online} online. Choose a nickname:`,
    privately: (to) => (to === undefined ? '[private]' : `[private to ${to}]`),
    welcome: (nick) => `Welcome ${nick}!`,
    farewell: (nick, reason) => `Goodbye ${nick}!${reason === '' ? '' : ` (${reason})`}`,
    renamed: (was, nick) => `${was} is now ${nick}.`,
    away: (nick, text) => (text === '' ? `${nick} is away.` : `${nick} is away: ${text}`),
    offline: (nick) => `${nick} is not here. The message waits.`,
    back: (nick) => `${nick} is back.`,
    youAway: 'You are away now. /back when you are back.',
    youBack: 'You are back.',
    marked: (nick, marks) => `${nick} (${marks.join(', ')})`,
    awayMark: (text) => (text === '' ? 'away' : `away: ${text}`),
    registeredMark: 'registered',
    roles: { owner: 'owner', moderator: 'moderator', member: 'member', operator: 'operator' },
    more: (joined, left) => {
      const parts = [];
      if (joined > 0) parts.push(`${joined} more joined`);
      if (left > 0) parts.push(`${left} more left`);
      return `… and ${parts.join(', ')}.`;
    },
    topicSet: (nick, topic) => `${nick} set the topic: ${topic}`,
    topicCleared: (nick) => `${nick} took the topic away.`,
    replied: (who, quote, line) => `${who} → ${enQuote(quote)}: ${line}`,
    edited: (nick, quote, line) => `${nick} edited ${quoted(quote)}: ${line}`,
    tookBack: (nick, quote) =>
      quote === undefined || quote.nick === nick
        ? `${nick} took back ${quoted(quote?.text)}.`
        : `${nick} took away ${quoted(quote.text)} of ${quote.nick}.`,
    takenBack: (nick) => `${nick} took this back.`,
    reacted: (nick, reaction, quote) => `${nick} reacted ${reaction} to ${enQuote(quote)}.`,
    reactedNoMore: (nick, reaction, quote) =>
      `${nick} no longer reacts ${reaction} to ${enQuote(quote)}.`,
    nickChanged: 'Nickname changed.',
    joined: (room, members) => `You are talking in #${room} now, ${members} here.`,
    parted: (room) => `You left #${room}.`,
    topic: (room, topic) => `Topic of #${room}: ${topic}`,
    noTopic: (room) => `#${room} has no topic.`,
    users: 'Users:',
    moreUsers: (count) => `… and ${count} more.`,
    rooms: 'Rooms:',
    private: '[private]',
    settings: (room, { visibility, speak, keepMs, keepCount }) => {
      const kept = [
        ...(keepMs > 0 ? [`for ${ageText(keepMs)}`] : []),
        ...(keepCount > 0 ? [`the last ${keepCount}`] : []),
      ];
      return [
        `#${room} is ${visibility === 'private' ? 'private: by invitation' : 'public'}, ${
          speak === 'everyone'
            ? 'open: everyone speaks'
            : 'read-only: only its owners and moderators speak'
        }.`,
        `What is said is kept: ${kept.length === 0 ? 'all' : kept.join(', ')}.`,
      ];
    },
    invitation: (nick, room) => `${nick} may come into #${room} now.`,
    uninvited: (nick, room) => `${nick} may not come into #${room} uninvited any more.`,
    invited: (by, room) => `${by} invites you to #${room}: /join ${room}`,
    noHistory: 'Nothing was said here yet.',
    notFound: (text) => `Nothing was found for: ${text}`,
    registered: (nick) => `The nickname ${nick} is yours now.`,
    passwordChanged: (nick, { ended, certificates }) =>
      `The nickname ${nick} has another password now. Other connections ended: ${ended}. Certificates that still let in: ${certificates}.`,
    identified: (nick) => `You are ${nick} now.`,
    removed: (room, reason) =>
      `You were removed from #${room}${reason === '' ? '.' : `: ${reason}`}`,
    moderated: (deed) => {
      const place = deed.room === EVERYWHERE ? 'the server' : `#${deed.room}`;
      switch (deed.type) {
        case 'kick':
          return `${deed.nick} is out of ${place}.`;
        case 'ban':
          return `${deed.who} is banned from ${place}${forMinutes(deed.forMs, 'en')}.`;
        case 'unban':
          return `${deed.who} is banned from ${place} no more.`;
        case 'mute':
          return `${deed.nick} may not speak in ${place}${forMinutes(deed.forMs, 'en')}.`;
        case 'unmute':
          return `${deed.nick} may speak in ${place} again.`;
        case 'slow':
          return deed.ms === 0
            ? `${place} is in slow mode no more.`
            : `Everybody may speak in ${place} every ${deed.ms / 1_000} s.`;
        case 'role':
          return `${deed.nick} is ${deed.role} in ${place} now.`;
      }
    },
    concerned: (room, by, what) => {
      const place = room === EVERYWHERE ? 'the server' : `#${room}`;
      switch (what.deed) {
        case 'mute': {
          const until = what.until === undefined ? '' : ` until ${untilText(what.until)}`;
          return `${by} muted you in ${place}${until}${what.reason === '' ? '.' : `: ${what.reason}`}`;
        }
        case 'unmute':
          return `${by} lets you speak in ${place} again.`;
        case 'role':
          return `${by} made you ${enRoles[what.role]} of ${place}.`;
      }
    },
    slowSet: (by, ms) =>
      ms === 0
        ? `${by} ended slow mode.`
        : `${by} set slow mode: everybody may speak every ${ms / 1_000} s.`,
    roleGiven: (by, nick, role) => `${by} made ${nick} ${enRoles[role]}.`,
    roomSet: (by) => `${by} set the room:`,
    slow: (room, ms) => `#${room} is in slow mode: everybody may speak every ${ms / 1_000} s.`,
    bans: (place) => `Bans (${place}):`,
    noBans: (place) => `Nobody is banned (${place}).`,
    ban: (who, until, by, reason) => `${who} until ${until}, by ${by}: ${reason}`,
    gap: (room) => `Some of what was said in #${room} is lost.`,
    closing: (why, detail) => `${why} ${detail}`,
    help: 'A line is said to the room you are talking in, unless it is one of these:',
    shortCommands: [
      ['b:TEXT', 'say TEXT, whatever it looks like'],
      ['c:NAME:TEXT', 'say TEXT to NAME alone'],
      ['l', 'who is here'],
      ['n:NAME', 'take another nickname'],
      ['byebye', 'leave'],
    ],
    commands: {
      help: ['/help', 'this list'],
      nick: ['/nick NAME', 'take another nickname'],
      away: ['/away [TEXT]', 'say that you don’t read for a while'],
      back: ['/back', 'say that you do again'],
      msg: [
        '/msg NAME TEXT',
        'say TEXT to NAME alone; /msg NAME /me, /reply, /edit, /delete, /react, /unreact, /history as below',
      ],
      reply: ['/reply NAME TEXT', 'answer what NAME said last'],
      edit: ['/edit TEXT', 'say TEXT in place of what you said last'],
      delete: ['/delete', 'take back what you said last'],
      react: ['/react [N] EMOJI', 'react to the last message, or to the Nth from the end'],
      unreact: ['/unreact [N] EMOJI', 'take a reaction away'],
      me: ['/me TEXT', 'say what you do'],
      who: ['/who [ROOM]', 'who is here, or in ROOM'],
      rooms: ['/rooms', 'all rooms'],
      join: ['/join ROOM…', 'enter rooms, and talk in the last; again to talk there again'],
      part: ['/part [ROOM]', 'leave this room, or ROOM'],
      room: [
        '/room [public|private] [open|read-only] [keep 30d|keep 1000|keep all]',
        'how this room is set, or set it if it is yours',
      ],
      invite: ['/invite NAME', 'let NAME into this room'],
      uninvite: ['/uninvite NAME', 'let NAME in no more'],
      topic: ['/topic [TEXT]', 'tell the topic, or set it'],
      history: [
        '/history [N] [DAY [TIME]]',
        'the last N things said here (20), or those from 2023-11-14 22:13Z on; times are in UTC',
      ],
      search: [
        '/search WORDS',
        'what was said with WORDS in your rooms; WORD* finds what begins so',
      ],
      register: ['/register PASSWORD', 'keep your nickname for yourself, or change its password'],
      identify: ['/identify NAME PASSWORD', 'take a nickname that is registered to you'],
      dns: ['/dns NAME [TYPE] [@SERVER]', 'look a name up'],
      kick: ['/kick NAME [WHY]', 'put NAME out of this room'],
      ban: [
        '/ban [*] WHO [MINUTES] [WHY]',
        'keep WHO out of this room (*: the server): NAME, account:NAME or 192.0.2.0/24',
      ],
      unban: ['/unban [*] WHO', 'let WHO in again'],
      bans: ['/bans [*]', 'who is kept out'],
      mute: ['/mute NAME [MINUTES] [WHY]', "take NAME's word in this room"],
      unmute: ['/unmute NAME', 'give it back'],
      slow: ['/slow SECONDS', 'let each speak here once in SECONDS; 0 ends it'],
      owner: ['/owner NAME', 'make NAME an owner of this room, as you are'],
      mod: ['/mod NAME', 'make NAME a moderator of this room'],
      unmod: ['/unmod NAME', 'take that back'],
      quit: ['/quit', 'leave'],
    },
  },
  'zh-CN': {
    greeting: (online) => `欢迎，当前在线 ${online} 人，请输入你的昵称`,
    privately: (to) => (to === undefined ? '[私聊]' : `[私聊 ${to}]`),
    welcome: (nick) => `欢迎 ${nick} 进入！`,
    farewell: (nick, reason) => `欢送 ${nick} 离开！${reason === '' ? '' : `（${reason}）`}`,
    renamed: (was, nick) => `${was} 改名为 ${nick}`,
    away: (nick, text) => (text === '' ? `${nick} 暂时离开` : `${nick} 暂时离开：${text}`),
    offline: (nick) => `${nick} 不在线，消息将在上线后送达`,
    back: (nick) => `${nick} 回来了`,
    youAway: '已设为暂时离开，回来后请用 /back',
    youBack: '已取消暂时离开',
    marked: (nick, marks) => `${nick}（${marks.join('，')}）`,
    awayMark: (text) => (text === '' ? '离开' : `离开：${text}`),
    registeredMark: '已注册',
    roles: zhRoles,
    more: (joined, left) => {
      const parts = [];
      if (joined > 0) parts.push(`另有 ${joined} 人进入`);
      if (left > 0) parts.push(`另有 ${left} 人离开`);
      return parts.join('，');
    },
    topicSet: (nick, topic) => `${nick} 设置了话题：${topic}`,
    topicCleared: (nick) => `${nick} 清除了话题`,
    replied: (who, quote, line) => `${who} → ${zhQuote(quote)}：${line}`,
    edited: (nick, quote, line) => `${nick} 修改了${corners(quote)}：${line}`,
    tookBack: (nick, quote) =>
      quote === undefined || quote.nick === nick
        ? `${nick} 撤回了${corners(quote?.text)}`
        : `${nick} 撤回了 ${quote.nick} 的${corners(quote.text)}`,
    takenBack: (nick) => `${nick} 撤回了这条消息`,
    reacted: (nick, reaction, quote) => `${nick} 以 ${reaction} 回应了 ${zhQuote(quote)}`,
    reactedNoMore: (nick, reaction, quote) =>
      `${nick} 取消了对 ${zhQuote(quote)} 的回应 ${reaction}`,
    nickChanged: '昵称更改成功',
    joined: (room, members) => `你已进入房间 #${room}，当前 ${members} 人`,
    parted: (room) => `你已离开房间 #${room}`,
    topic: (room, topic) => `房间 #${room} 的话题：${topic}`,
    noTopic: (room) => `房间 #${room} 没有话题`,
    users: '用户列表：',
    moreUsers: (count) => `……还有 ${count} 人`,
    rooms: '房间列表：',
    private: '[私密]',
    settings: (room, { visibility, speak, keepMs, keepCount }) => {
      const kept = [
        ...(keepMs > 0 ? [`${ageText(keepMs)} 以内`] : []),
        ...(keepCount > 0 ? [`最近 ${keepCount} 条`] : []),
      ];
      return [
        `房间 #${room}：${visibility === 'private' ? '私密，需邀请进入' : '公开'}，${
          speak === 'everyone' ? '所有人可发言' : '只读，仅管理者可发言'
        }`,
        `消息保留：${kept.length === 0 ? '全部' : kept.join('，')}`,
      ];
    },
    invitation: (nick, room) => `${nick} 现在可以进入房间 #${room}`,
    uninvited: (nick, room) => `${nick} 的房间 #${room} 邀请已取消`,
    invited: (by, room) => `${by} 邀请你进入房间 #${room}：/join ${room}`,
    noHistory: '这里还没有消息',
    notFound: (text) => `没有找到：${text}`,
    registered: (nick) => `昵称 ${nick} 注册成功`,
    passwordChanged: (nick, { ended, certificates }) =>
      `昵称 ${nick} 的密码已更改，已断开其他连接 ${ended} 个，仍可登录的证书 ${certificates} 个`,
    identified: (nick) => `你现在是 ${nick}`,
    removed: (room, reason) => `你已被移出房间 #${room}${reason === '' ? '' : `：${reason}`}`,
    moderated: (deed) => {
      const place = deed.room === EVERYWHERE ? '服务器' : `房间 #${deed.room} `;
      switch (deed.type) {
        case 'kick':
          return `已将 ${deed.nick} 移出${place}`.trimEnd();
        case 'ban':
          return `${deed.who} 已被${place}封禁${forMinutes(deed.forMs, 'zh-CN')}`;
        case 'unban':
          return `已解除${place}对 ${deed.who} 的封禁`;
        case 'mute':
          return `${deed.nick} 已在${place}中被禁言${forMinutes(deed.forMs, 'zh-CN')}`;
        case 'unmute':
          return `${deed.nick} 可以在${place}中发言了`;
        case 'slow':
          return deed.ms === 0
            ? `${place}已关闭慢速模式`
            : `${place}已开启慢速模式，每人每 ${deed.ms / 1_000} 秒可发言一次`;
        case 'role':
          return `${deed.nick} 现在是${place}的${zhRoles[deed.role]}`;
      }
    },
    concerned: (room, by, what) => {
      const place = room === EVERYWHERE ? '服务器' : `房间 #${room} `;
      switch (what.deed) {
        case 'mute': {
          const until = what.until === undefined ? '' : `，直到 ${untilText(what.until)}`;
          const reason = what.reason === '' ? '' : `：${what.reason}`;
          return `${by} 已在${place}中将你禁言${until}${reason}`;
        }
        case 'unmute':
          return `${by} 已解除你在${place}中的禁言`;
        case 'role':
          return `${by} 将你设为${place}的${zhRoles[what.role]}`;
      }
    },
    slowSet: (by, ms) =>
      ms === 0 ? `${by} 关闭了慢速模式` : `${by} 开启了慢速模式，每人每 ${ms / 1_000} 秒可发言一次`,
    roleGiven: (by, nick, role) => `${by} 将 ${nick} 设为${zhRoles[role]}`,
    roomSet: (by) => `${by} 更改了房间设置：`,
    slow: (room, ms) => `房间 #${room} 处于慢速模式，每人每 ${ms / 1_000} 秒可发言一次`,
    bans: (place) => `封禁列表（${place}）：`,
    noBans: (place) => `没有封禁（${place}）`,
    ban: (who, until, by, reason) => `${who}，直到 ${until}，由 ${by} 封禁：${reason}`,
    gap: (room) => `房间 #${room} 的部分消息已丢失`,
    closing: (why, detail) => `${why}：${detail}`,
    help: '除以下命令外，每行文字都会发送到你所在的房间：',
    shortCommands: [
      ['b:内容', '发送内容，无论其形式'],
      ['c:昵称:内容', '私聊'],
      ['l', '用户列表'],
      ['n:新昵称', '更改昵称'],
      ['byebye', '离开'],
    ],
    commands: {
      help: ['/help', '显示本列表'],
      nick: ['/nick 新昵称', '更改昵称'],
      away: ['/away [原因]', '暂时离开'],
      back: ['/back', '取消暂时离开'],
      msg: [
        '/msg 昵称 内容',
        '私聊；/msg 昵称 /me、/reply、/edit、/delete、/react、/unreact、/history 用法同下',
      ],
      reply: ['/reply 昵称 内容', '回复对方的最后一条消息'],
      edit: ['/edit 内容', '修改你的最后一条消息'],
      delete: ['/delete', '撤回你的最后一条消息'],
      react: ['/react [N] 表情', '回应最后一条消息，或倒数第 N 条'],
      unreact: ['/unreact [N] 表情', '取消回应'],
      me: ['/me 内容', '描述你的动作'],
      who: ['/who [房间]', '本房间或指定房间的用户列表'],
      rooms: ['/rooms', '房间列表'],
      join: ['/join 房间…', '进入一个或多个房间，并在最后一个房间说话'],
      part: ['/part [房间]', '离开本房间或指定房间'],
      room: [
        '/room [public|private] [open|read-only] [keep 30d|keep 1000|keep all]',
        '查看房间设置，或（房主）更改：公开/私密、开放/只读、消息保留',
      ],
      invite: ['/invite 昵称', '邀请进入本房间'],
      uninvite: ['/uninvite 昵称', '取消邀请'],
      topic: ['/topic [内容]', '查看或设置话题'],
      history: [
        '/history [条数] [日期 [时间]]',
        '最近的消息（默认 20 条），或从 2023-11-14 22:13Z 起的消息；时间为 UTC',
      ],
      search: ['/search 文字', '在你所在的房间中搜索消息'],
      register: ['/register 密码', '注册当前昵称，或更改其密码'],
      identify: ['/identify 昵称 密码', '使用已注册的昵称'],
      dns: ['/dns 域名 [类型] [@服务器]', '查询域名'],
      kick: ['/kick 昵称 [原因]', '将其移出本房间'],
      ban: [
        '/ban [*] 对象 [分钟] [原因]',
        '禁止进入本房间（*：服务器）；对象为昵称、account:昵称或 192.0.2.0/24',
      ],
      unban: ['/unban [*] 对象', '解除封禁'],
      bans: ['/bans [*]', '封禁列表'],
      mute: ['/mute 昵称 [分钟] [原因]', '在本房间禁言'],
      unmute: ['/unmute 昵称', '解除禁言'],
      slow: ['/slow 秒数', '慢速模式：每人每隔若干秒发言一次，0 为关闭'],
      owner: ['/owner 昵称', '设为本房间房主'],
      mod: ['/mod 昵称', '设为本房间管理员'],
      unmod: ['/unmod 昵称', '取消管理员'],
      quit: ['/quit', '离开'],
    },
  },
};
