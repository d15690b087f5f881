import type { DeedFrame, Role } from '@partyline/client';
import type { Locale } from '@partyline/protocol';

/** What the full-screen client says by itself. */
export type ScreenTexts = {
  connecting(where: string): string;
  reconnecting: string;
  retrying(why: string): string;
  unsent(count: number): string;
  nickAgain: string;
  over: string;
  people(count: number): string;
  privateWith(nick: string): string;
  today: string;
  yesterday: string;
  news: string;
  gap: string;
  begin: string;
  loading: string;
  below(count: number): string;
  belowNone: string;
  typing(nicks: readonly string[]): string;
  joined(nick: string): string;
  left(nick: string, reason: string): string;
  renamed(was: string, nick: string): string;
  moreJoined(count: number): string;
  moreLeft(count: number): string;
  topicSet(nick: string, text: string): string;
  topicCleared(nick: string): string;
  edited: string;
  takenBack: string;
  notSent(why: string): string;
  unsure: string;
  again: string;
  away: string;
  roles: { readonly [R in Role]: string };
  nowCalled(nick: string): string;
  registered(nick: string): string;
  passwordChanged(nick: string, ended: number, certificates: number): string;
  identified(nick: string): string;
  youAway: string;
  youBack: string;
  removed(room: string, reason: string): string;
  who(count: number, names: string): string;
  rooms(list: string): string;
  found(count: number, query: string): string;
  deed: { readonly [D in DeedFrame['type']]: (who: string, room: string) => string };
  by(nick: string): string;
  bans(list: string): string;
  noBans: string;
  invited(room: string, by: string): string;
  lineAway: string;
  nothingToReferTo: string;
  commandUnknown: string;
  notInRoom: string;
  usage(usage: string): string;
  commands: string;
  keys: string;
  leaveUnsent(count: number): string;
  tooSmall: string;
  hint: string;
};

export const screenTexts: { readonly [L in Locale]: ScreenTexts } = {
  en: {
    connecting: (where) => `Connecting to ${where} …`,
    reconnecting: 'Reconnecting … What you write is kept, and sent then.',
    retrying: (why) => `${why} Trying again …`,
    unsent: (count) => `${count} not sent yet`,
    nickAgain: 'Choose another nickname, and press Enter:',
    over: 'Enter comes back, Ctrl-C leaves.',
    people: (count) => `${count} ${count === 1 ? 'person' : 'people'}`,
    privateWith: (nick) => `only you and ${nick} see this`,
    today: 'Today',
    yesterday: 'Yesterday',
    news: 'new',
    gap: 'Some messages from this time are not available any more.',
    begin: 'This is the beginning.',
    loading: 'Loading …',
    below: (count) => `${count} new below · End`,
    belowNone: 'scrolled back · End',
    typing: (nicks) =>
      nicks.length === 1
        ? `${nicks[0]} is typing …`
        : nicks.length === 2
          ? `${nicks[0]} and ${nicks[1]} are typing …`
          : 'several people are typing …',
    joined: (nick) => `${nick} joined`,
    left: (nick, reason) => (reason === '' ? `${nick} left` : `${nick} left (${reason})`),
    renamed: (was, nick) => `${was} is now ${nick}`,
    moreJoined: (count) => `${count} more joined`,
    moreLeft: (count) => `${count} more left`,
    topicSet: (nick, text) => `${nick} set the topic: ${text}`,
    topicCleared: (nick) => `${nick} took the topic away`,
    edited: '(edited)',
    takenBack: 'taken back',
    notSent: (why) => `not sent: ${why}`,
    unsure: 'the connection broke; this may not have arrived',
    again: '/again or /drop',
    away: 'away',
    roles: { member: '', moderator: 'moderator', owner: 'owner', operator: 'operator' },
    nowCalled: (nick) => `You are now ${nick}.`,
    registered: (nick) => `${nick} is registered to you.`,
    passwordChanged: (nick, ended, certificates) =>
      `${nick} has another password now. Other connections ended: ${ended}. Certificates that still let in: ${certificates}.`,
    identified: (nick) => `You are identified as ${nick}.`,
    youAway: 'You are away. /back when you are back.',
    youBack: 'You are back.',
    removed: (room, reason) => `You were put out of #${room}${reason === '' ? '.' : `: ${reason}`}`,
    who: (count, names) => `${count} here: ${names}`,
    rooms: (list) => `Rooms: ${list}`,
    found: (count, query) =>
      count === 0 ? `Nothing was found for “${query}”.` : `Found for “${query}”:`,
    deed: {
      kick: (who, room) => `${who} was put out of ${room}.`,
      mute: (who, room) => `${who} is muted in ${room}.`,
      unmute: (who, room) => `${who} may speak again in ${room}.`,
      ban: (who, room) => `${who} is banned from ${room}.`,
      unban: (who, room) => `${who} is not banned from ${room} any more.`,
      slow: (seconds, room) =>
        seconds === '0' ? `${room} is not slow any more.` : `${room}: a message in ${seconds} s.`,
      role: (who, room) => `Role in ${room}: ${who}`,
    },
    by: (nick) => ` (${nick})`,
    bans: (list) => `Banned: ${list}`,
    noBans: 'Nobody is banned here.',
    invited: (room, by) => `${by} invites you to #${room}: /join ${room}`,
    lineAway: 'Not connected at the moment; try again shortly.',
    nothingToReferTo: 'There is no such message here.',
    commandUnknown: 'Unknown command. /help lists them.',
    notInRoom: 'This works in rooms only.',
    usage: (usage) => `Usage: ${usage}`,
    commands: 'Commands:',
    keys: `Keys: Enter sends, Alt-Enter starts a new line, Tab completes, ↑ ↓ call up what you wrote.
PgUp PgDn scroll, End goes to the newest. Alt-↑ Alt-↓ (Ctrl-P Ctrl-N) change the conversation,
Alt-1 … Alt-9 go to one, Alt-A to the next with news. Ctrl-L paints anew, Ctrl-Z suspends, Ctrl-C leaves.`,
    leaveUnsent: (count) =>
      `${count === 1 ? 'One message is' : `${count} messages are`} not sent yet. Ctrl-C again leaves without.`,
    tooSmall: 'Too small',
    hint: 'Say something, or /help.',
  },
  'zh-CN': {
    connecting: (where) => `正在连接 ${where} …`,
    reconnecting: '正在重新连接 … 你写的内容会保留，连上后发送。',
    retrying: (why) => `${why}正在重试 …`,
    unsent: (count) => `${count} 条未发送`,
    nickAgain: '请换一个昵称，按 Enter 确认：',
    over: '按 Enter 重新进入，Ctrl-C 离开。',
    people: (count) => `${count} 人`,
    privateWith: (nick) => `只有你和 ${nick} 能看到`,
    today: '今天',
    yesterday: '昨天',
    news: '新消息',
    gap: '这段时间的部分消息已无法获取。',
    begin: '这里是开头。',
    loading: '载入中 …',
    below: (count) => `下方有 ${count} 条新消息 · End`,
    belowNone: '正在查看旧消息 · End',
    typing: (nicks) => (nicks.length > 2 ? '多人正在输入 …' : `${nicks.join(' 和 ')} 正在输入 …`),
    joined: (nick) => `${nick} 进入了`,
    left: (nick, reason) => (reason === '' ? `${nick} 离开了` : `${nick} 离开了（${reason}）`),
    renamed: (was, nick) => `${was} 改名为 ${nick}`,
    moreJoined: (count) => `另有 ${count} 人进入`,
    moreLeft: (count) => `另有 ${count} 人离开`,
    topicSet: (nick, text) => `${nick} 设置了话题：${text}`,
    topicCleared: (nick) => `${nick} 清除了话题`,
    edited: '（已修改）',
    takenBack: '已撤回',
    notSent: (why) => `未发送：${why}`,
    unsure: '连接中断，可能没有送达',
    again: '/again 重发，/drop 丢弃',
    away: '暂时离开',
    roles: { member: '', moderator: '管理员', owner: '房主', operator: '服务器管理员' },
    nowCalled: (nick) => `你现在叫 ${nick}。`,
    registered: (nick) => `昵称 ${nick} 已注册。`,
    passwordChanged: (nick, ended, certificates) =>
      `昵称 ${nick} 的密码已更改，已断开其他连接 ${ended} 个，仍可登录的证书 ${certificates} 个。`,
    identified: (nick) => `已以 ${nick} 的身份登录。`,
    youAway: '你已设为暂时离开，回来时输入 /back。',
    youBack: '你回来了。',
    removed: (room, reason) => `你被移出 #${room}${reason === '' ? '' : `：${reason}`}`,
    who: (count, names) => `当前 ${count} 人：${names}`,
    rooms: (list) => `房间：${list}`,
    found: (count, query) => (count === 0 ? `没有找到“${query}”。` : `“${query}”的搜索结果：`),
    deed: {
      kick: (who, room) => `${who} 被移出 ${room}。`,
      mute: (who, room) => `${who} 在 ${room} 被禁言。`,
      unmute: (who, room) => `${who} 在 ${room} 可以发言了。`,
      ban: (who, room) => `${who} 被 ${room} 封禁。`,
      unban: (who, room) => `${who} 在 ${room} 的封禁已解除。`,
      slow: (seconds, room) =>
        seconds === '0' ? `${room} 已关闭慢速模式。` : `${room}：每 ${seconds} 秒一条消息。`,
      role: (who, room) => `${room} 的角色：${who}`,
    },
    by: (nick) => `（${nick}）`,
    bans: (list) => `已封禁：${list}`,
    noBans: '这里没有人被封禁。',
    invited: (room, by) => `${by} 邀请你进入 #${room}：/join ${room}`,
    lineAway: '目前没有连接，请稍后再试。',
    nothingToReferTo: '这里没有这样的消息。',
    commandUnknown: '命令无法识别！输入 /help 查看。',
    notInRoom: '只能在房间中使用。',
    usage: (usage) => `用法：${usage}`,
    commands: '命令：',
    keys: `按键：Enter 发送，Alt-Enter 换行，Tab 补全，↑ ↓ 调出写过的内容。
PgUp PgDn 滚动，End 回到最新。Alt-↑ Alt-↓（Ctrl-P Ctrl-N）切换会话，
Alt-1 … Alt-9 直达会话，Alt-A 到下一个有新消息的会话。Ctrl-L 重绘，Ctrl-Z 挂起，Ctrl-C 离开。`,
    leaveUnsent: (count) => `还有 ${count} 条消息未发送。再按一次 Ctrl-C 直接离开。`,
    tooSmall: '窗口太小',
    hint: '说点什么吧，或输入 /help。',
  },
};
