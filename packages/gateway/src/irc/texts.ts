import { type Locale, limits, type PasswordChange } from '@partyline/protocol';

/** What the IRC dialect says for people to read, but for the numerics. */
export type Texts = {
  readonly motd: readonly string[];
  readonly info: readonly string[];
  readonly helpTitle: string;
  readonly help: readonly string[];
  /** Of who came and went beyond those who are named. */
  readonly more: (joined: number, left: number) => string;
  /** More people are in a room than a list names. */
  readonly moreMembers: (count: number) => string;
  /** Why somebody is away who didn't say. */
  readonly away: string;
  readonly edited: (text: string) => string;
  readonly tookBack: (nick: string) => string;
  readonly reacted: (reaction: string, nick: string) => string;
  readonly unreacted: (reaction: string, nick: string) => string;
  /** What somebody may do on the whole server has changed. */
  readonly concerned: (by: string) => string;
  readonly gap: (room: string) => string;
  readonly offline: (nick: string) => string;
  readonly noCtcp: (name: string) => string;
  readonly quit: (reason: string) => string;
  readonly closing: (nick: string, reason: string) => string;
  readonly servicesHelp: readonly string[];
  readonly servicesUnknown: string;
  readonly certificate: (fingerprint: string, added: string) => string;
  readonly noCertificates: string;
  readonly registered: (nick: string) => string;
  readonly passwordChanged: (nick: string, change: PasswordChange) => string;
  readonly identified: (nick: string) => string;
  readonly historyInvalid: string;
  readonly historyTarget: string;
  readonly markTarget: string;
  readonly markTime: string;
  readonly markAccount: string;
  readonly markFailed: string;
  readonly redactUnknown: string;
  readonly redactTarget: string;
  readonly redactForbidden: string;
  readonly modeParam: string;
  readonly realNameInvalid: string;
  readonly accountName: string;
  readonly accountHad: string;
  readonly completeFirst: string;
};

export const texts: Readonly<Record<Locale, Texts>> = {
  en: {
    motd: [
      'Partyline: one conversation that every kind of client can join.',
      'Rooms are channels: /join #lobby, /list. Keep your nick: /msg NickServ HELP',
    ],
    info: [
      'Partyline: nc, telnet, IRC, JSON programs and browsers in the same rooms.',
      'What is said is kept: #x is room x, whatever a client calls it.',
    ],
    helpTitle: 'What Partyline understands on IRC:',
    help: [
      'JOIN PART NAMES LIST TOPIC WHO WHOIS INVITE KICK MODE AWAY NICK PRIVMSG NOTICE QUIT',
      'CHATHISTORY fetches what was said, REDACT takes it back, MONITOR watches who comes.',
      'MODE #x +i: private; +m: only moderators speak; +f SECONDS: slow mode; +o +q: roles;',
      'MODE #x +b NICK!*@*, +b ~a:ACCOUNT, +b *!*@192.0.2.0/24: ban; +b ~q:NICK: mute.',
    ],
    more: (joined, left) => `${joined} more came, ${left} more went.`,
    moreMembers: (count) => `${count} more people are here than the list names.`,
    away: 'Away',
    edited: (text) => `(edited) ${text}`,
    tookBack: (nick) => `took back what ${nick} had said`,
    reacted: (reaction, nick) => `reacts to ${nick} with ${reaction}`,
    unreacted: (reaction, nick) => `takes back ${reaction} to ${nick}`,
    concerned: (by) => `${by} changed what you may do on this server.`,
    gap: (room) => `Messages are missing here: the log of ${room} goes on later.`,
    offline: (nick) => `${nick} is not here, and will read it on coming back.`,
    noCtcp: (name) => `CTCP ${name} is not carried; only ACTION is.`,
    quit: (reason) => `Quit: ${reason}`,
    closing: (nick, reason) => `Closing Link: ${nick} (${reason})`,
    servicesHelp: [
      'REGISTER PASSWORD keeps the nick you go by for you.',
      'IDENTIFY [NICK] PASSWORD makes you who has registered it.',
      'CERT ADD [FINGERPRINT] lets you in without a password by the certificate that you show; CERT LIST, CERT DEL FINGERPRINT.',
      'Clients that know SASL can log in as they connect: account is the nick.',
    ],
    certificate: (fingerprint, added) => `${fingerprint} (${added})`,
    noCertificates: 'You are known by no certificate.',
    servicesUnknown: 'That is no command. HELP lists them.',
    registered: (nick) => `${nick} is yours now. Log in by SASL, or IDENTIFY, next time.`,
    passwordChanged: (nick, { ended, certificates }) =>
      `${nick} has another password now. Other connections ended: ${ended}. Certificates that still let in: ${certificates} (CERT LIST).`,
    identified: (nick) => `You are ${nick} now.`,
    historyInvalid: 'That is no command of CHATHISTORY, or not what belongs to it',
    historyTarget: 'There is no history of that target for you',
    markTarget: 'Name the channel or nick that you have read',
    markTime: 'What is read is told as timestamp=YYYY-MM-DDThh:mm:ss.sssZ',
    markAccount: 'What you have read is kept once you have registered your nick',
    markFailed: 'There is nothing there that you could have read',
    redactUnknown: 'This message does not exist',
    redactTarget: 'You cannot take back messages there',
    redactForbidden: 'You may not take back this message',
    realNameInvalid: `A real name has 1 to ${limits.realNameCodePoints} characters`,
    modeParam: 'That is no value for this mode',
    accountName: 'An account is named as the nick you go by: give that, or *',
    accountHad: 'You are logged in already',
    completeFirst: 'Finish connecting first',
  },
  'zh-CN': {
    motd: [
      'Partyline：各种客户端都能加入的同一个聊天室。',
      '房间即频道：/join #lobby，/list。保留昵称：/msg NickServ HELP',
    ],
    info: [
      'Partyline：nc、telnet、IRC、JSON 程序和浏览器在同一房间中聊天。',
      '消息会保存：#x 即房间 x。',
    ],
    helpTitle: 'Partyline 在 IRC 上支持：',
    help: [
      'JOIN PART NAMES LIST TOPIC WHO WHOIS INVITE KICK MODE AWAY NICK PRIVMSG NOTICE QUIT',
      'CHATHISTORY 读取历史，REDACT 撤回消息，MONITOR 关注上线。',
      'MODE #x +i：私密；+m：仅管理者发言；+f 秒数：慢速模式；+o +q：角色；',
      'MODE #x +b 昵称!*@*、+b ~a:账号、+b *!*@192.0.2.0/24：封禁；+b ~q:昵称：禁言。',
    ],
    more: (joined, left) => `另有 ${joined} 人进入，${left} 人离开`,
    moreMembers: (count) => `名单之外还有 ${count} 人`,
    away: '离开',
    edited: (text) => `（已修改）${text}`,
    tookBack: (nick) => `撤回了 ${nick} 的消息`,
    reacted: (reaction, nick) => `对 ${nick} 回应 ${reaction}`,
    unreacted: (reaction, nick) => `取消了对 ${nick} 的回应 ${reaction}`,
    concerned: (by) => `${by} 更改了你在此服务器上的权限`,
    gap: (room) => `此处缺少部分消息：${room} 的记录从后面继续`,
    offline: (nick) => `${nick} 不在线，上线后会看到`,
    noCtcp: (name) => `不支持 CTCP ${name}，仅支持 ACTION`,
    quit: (reason) => `退出：${reason}`,
    closing: (nick, reason) => `连接关闭：${nick}（${reason}）`,
    servicesHelp: [
      'REGISTER 密码：为你保留当前昵称。',
      'IDENTIFY [昵称] 密码：以已注册的昵称登录。',
      'CERT ADD [指纹]：以所出示的证书免密码登录；CERT LIST、CERT DEL 指纹。',
      '支持 SASL 的客户端可在连接时登录，账号即昵称。',
    ],
    servicesUnknown: '命令无法识别，HELP 列出全部命令',
    certificate: (fingerprint, added) => `${fingerprint}（${added}）`,
    noCertificates: '没有登记任何证书',
    registered: (nick) => `昵称 ${nick} 已归你所有，下次请用 SASL 或 IDENTIFY 登录`,
    passwordChanged: (nick, { ended, certificates }) =>
      `${nick} 的密码已更改，已断开其他连接 ${ended} 个，仍可登录的证书 ${certificates} 个（CERT LIST 查看）`,
    identified: (nick) => `你现在是 ${nick}`,
    historyInvalid: 'CHATHISTORY 命令或参数无效',
    historyTarget: '你没有该目标的历史记录',
    markTarget: '请给出已读的频道或昵称',
    markTime: '已读时间的格式为 timestamp=YYYY-MM-DDThh:mm:ss.sssZ',
    markAccount: '注册昵称后才会保存已读位置',
    markFailed: '没有可标记为已读的内容',
    redactUnknown: '消息不存在',
    redactTarget: '不能撤回那里的消息',
    redactForbidden: '不能撤回这条消息',
    realNameInvalid: `真实姓名为 1 到 ${limits.realNameCodePoints} 个字符`,
    modeParam: '模式参数无效',
    accountName: '账号名即当前昵称，请给出当前昵称或 *',
    accountHad: '你已登录',
    completeFirst: '请先完成连接',
  },
};
