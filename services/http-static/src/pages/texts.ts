import type { Locale } from '@partyline/protocol';

/** Everything that pages say by themselves. */
export type PageTexts = {
  readonly chat: string;
  readonly about: string;
  readonly guestbook: string;
  readonly home: string;
  readonly nobody: string;
  readonly wrong: string;
  readonly intro: string;
  readonly online: string;
  onlineNow(people: number): string;
  more(people: number): string;
  readonly rooms: string;
  readonly noRooms: string;
  members(people: number): string;
  readonly join: string;
  transcript(room: string): string;
  readonly nothingSaid: string;
  readonly older: string;
  readonly newer: string;
  readonly newest: string;
  readonly pages: string;
  listen(url: string): string;
  message(seq: number): string;
  readonly guestbookIntro: string;
  readonly name: string;
  readonly entry: string;
  readonly sign: string;
  readonly leaveEmpty: string;
  readonly entries: string;
  readonly noEntries: string;
  thanks(seq: number): string;
  /** Told to curl. */
  said(nick: string, room: string, seq: number): string;
  /** Told to whoever shared a file. */
  shared(url: string, room: string, nick: string): string;
  readonly formOld: string;
  /** By whom entries are told in the lobby. */
  readonly guestbookNick: string;
  /** Said in the lobby. */
  signed(nick: string, text: string): string;
};

export const pageTexts: { readonly [L in Locale]: PageTexts } = {
  en: {
    chat: 'Chat',
    about: 'About',
    guestbook: 'Guestbook',
    home: 'To the conversation',
    nobody: 'Nobody at this number',
    wrong: 'That did not work',
    intro: 'One conversation, whatever you connect with.',
    online: 'Online',
    onlineNow: (people) => `${people} online now.`,
    more: (people) => `… and ${people} more`,
    rooms: 'Rooms',
    noRooms: 'There is no room yet. Whoever comes first makes one.',
    members: (people) => `${people} here`,
    join: 'How to join',
    transcript: (room) => `#${room}`,
    nothingSaid: 'Nothing was said here yet.',
    older: 'Older',
    newer: 'Newer',
    newest: 'Newest',
    pages: 'Pages',
    listen: (url) => `curl -N ${url}`,
    message: (seq) => `Message ${seq}`,
    guestbookIntro: 'Leave a word. Everybody sees it, here and in the chat.',
    name: 'Name',
    entry: 'Your words',
    sign: 'Sign the guestbook',
    leaveEmpty: 'Leave this empty',
    entries: 'Entries',
    noEntries: 'Nobody has written here yet.',
    thanks: (seq) => `Thank you. Your entry is number ${seq}.`,
    said: (nick, room, seq) => `Said in #${room} as ${nick}, number ${seq}.`,
    shared: (url, room, nick) => `Shared in #${room} as ${nick}: ${url}`,
    formOld: 'This form was open for too long. Send it again.',
    guestbookNick: 'guestbook',
    signed: (nick, text) => `${nick} wrote in the guestbook: ${text}`,
  },
  'zh-CN': {
    chat: '聊天',
    about: '关于',
    guestbook: '留言本',
    home: '返回聊天室',
    nobody: '页面不存在',
    wrong: '操作未成功',
    intro: '同一场对话，任何方式都能加入。',
    online: '在线',
    onlineNow: (people) => `当前在线 ${people} 人。`,
    more: (people) => `……还有 ${people} 人`,
    rooms: '房间',
    noRooms: '还没有房间，第一个进入的人会创建它。',
    members: (people) => `${people} 人`,
    join: '加入方式',
    transcript: (room) => `#${room}`,
    nothingSaid: '这里还没有人说话。',
    older: '更早',
    newer: '更新',
    newest: '最新',
    pages: '分页',
    listen: (url) => `curl -N ${url}`,
    message: (seq) => `消息 ${seq}`,
    guestbookIntro: '留下一句话，所有人都会在这里和聊天室看到。',
    name: '昵称',
    entry: '留言',
    sign: '提交留言',
    leaveEmpty: '请留空',
    entries: '留言',
    noEntries: '还没有人留言。',
    thanks: (seq) => `谢谢！你的留言编号为 ${seq}。`,
    said: (nick, room, seq) => `已在 #${room} 以 ${nick} 的身份发言，编号 ${seq}`,
    shared: (url, room, nick) => `已以 ${nick} 的身份分享到 #${room}：${url}`,
    formOld: '表单打开时间过长，请重新提交。',
    guestbookNick: '留言本',
    signed: (nick, text) => `${nick} 在留言本写道：${text}`,
  },
};
