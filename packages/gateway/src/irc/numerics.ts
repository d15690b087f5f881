import type { Locale } from '@partyline/protocol';
import type { Line } from './wire/line.ts';

type Entry = { readonly code: string } & { readonly [L in Locale]?: string };

/**
 * Every numeric that is sent (https://modern.ircdocs.horse/#numerics, RFC 2812 §5). Its parameters
 * are the client's nick, those given, and last its text, if it has one; `{x}` in a text is filled.
 */
export const numerics = {
  RPL_WELCOME: {
    code: '001',
    en: 'Welcome to Partyline, {nick}.',
    'zh-CN': '欢迎来到 Partyline，{nick}',
  },
  RPL_YOURHOST: {
    code: '002',
    en: 'Your host is {server}, running {version}.',
    'zh-CN': '服务器 {server}，版本 {version}',
  },
  RPL_CREATED: {
    code: '003',
    en: 'Everybody here is in one conversation, whatever they came by.',
    'zh-CN': '各种客户端都在同一个聊天室中',
  },
  RPL_MYINFO: { code: '004' },
  RPL_ISUPPORT: { code: '005', en: 'are supported by this server', 'zh-CN': '为此服务器所支持' },
  RPL_UMODEIS: { code: '221' },
  RPL_ENDOFSTATS: { code: '219', en: 'End of /STATS report', 'zh-CN': '统计结束' },
  RPL_LUSERCLIENT: {
    code: '251',
    en: 'People online: {online}',
    'zh-CN': '在线人数：{online}',
  },
  RPL_LUSERCHANNELS: { code: '254', en: 'channels formed', 'zh-CN': '个频道' },
  RPL_LUSERME: {
    code: '255',
    en: 'Everybody is counted wherever they are connected.',
    'zh-CN': '人数包括所有连接方式',
  },
  RPL_ADMINME: {
    code: '256',
    en: 'About the people who run this server:',
    'zh-CN': '服务器管理信息：',
  },
  RPL_ADMINLOC1: { code: '257', en: 'Whoever started it runs it.', 'zh-CN': '由启动者管理' },
  RPL_LOCALUSERS: {
    code: '265',
    en: 'People online: {online}',
    'zh-CN': '在线人数：{online}',
  },
  RPL_GLOBALUSERS: {
    code: '266',
    en: 'People online: {online}',
    'zh-CN': '在线人数：{online}',
  },
  RPL_AWAY: { code: '301' },
  RPL_USERHOST: { code: '302' },
  RPL_ISON: { code: '303' },
  RPL_UNAWAY: { code: '305', en: 'You are no longer marked as away.', 'zh-CN': '你已取消离开状态' },
  RPL_NOWAWAY: { code: '306', en: 'You are marked as away.', 'zh-CN': '你已设为离开状态' },
  RPL_WHOISUSER: { code: '311' },
  RPL_WHOISSERVER: { code: '312', en: 'Partyline', 'zh-CN': 'Partyline' },
  RPL_WHOWASUSER: { code: '314' },
  RPL_ENDOFWHO: { code: '315', en: 'End of /WHO list', 'zh-CN': '列表结束' },
  RPL_WHOISIDLE: { code: '317', en: 'seconds idle, signon time', 'zh-CN': '空闲秒数与上线时间' },
  RPL_ENDOFWHOIS: { code: '318', en: 'End of /WHOIS list', 'zh-CN': '查询结束' },
  RPL_WHOISCHANNELS: { code: '319' },
  RPL_LISTSTART: { code: '321', en: 'Users  Name', 'zh-CN': '人数  名称' },
  RPL_LIST: { code: '322' },
  RPL_LISTEND: { code: '323', en: 'End of /LIST', 'zh-CN': '列表结束' },
  RPL_CHANNELMODEIS: { code: '324' },
  RPL_WHOISACCOUNT: { code: '330', en: 'is logged in as', 'zh-CN': '已登录为' },
  RPL_NOTOPIC: { code: '331', en: 'No topic is set.', 'zh-CN': '没有设置话题' },
  RPL_TOPIC: { code: '332' },
  RPL_TOPICWHOTIME: { code: '333' },
  RPL_INVITING: { code: '341' },
  RPL_VERSION: {
    code: '351',
    en: 'One conversation, every wire.',
    'zh-CN': '同一个对话，各种连接',
  },
  RPL_WHOREPLY: { code: '352' },
  RPL_NAMREPLY: { code: '353' },
  RPL_WHOSPCRPL: { code: '354' },
  RPL_LINKS: { code: '364', en: '0 Partyline', 'zh-CN': '0 Partyline' },
  RPL_ENDOFLINKS: { code: '365', en: 'End of /LINKS list', 'zh-CN': '列表结束' },
  RPL_ENDOFNAMES: { code: '366', en: 'End of /NAMES list', 'zh-CN': '名单结束' },
  RPL_BANLIST: { code: '367' },
  RPL_ENDOFBANLIST: { code: '368', en: 'End of channel ban list', 'zh-CN': '封禁列表结束' },
  RPL_ENDOFWHOWAS: { code: '369', en: 'End of WHOWAS', 'zh-CN': '查询结束' },
  RPL_INFO: { code: '371' },
  RPL_MOTD: { code: '372' },
  RPL_ENDOFINFO: { code: '374', en: 'End of /INFO list', 'zh-CN': '信息结束' },
  RPL_MOTDSTART: {
    code: '375',
    en: '- {server} message of the day -',
    'zh-CN': '- {server} 每日消息 -',
  },
  RPL_ENDOFMOTD: { code: '376', en: 'End of /MOTD command.', 'zh-CN': '消息结束' },
  RPL_TIME: { code: '391' },
  ERR_NOSUCHNICK: { code: '401', en: 'No such nick or channel', 'zh-CN': '没有此昵称或频道' },
  ERR_NOSUCHCHANNEL: { code: '403', en: 'No such channel', 'zh-CN': '没有此频道' },
  ERR_CANNOTSENDTOCHAN: { code: '404', en: 'Cannot send to channel', 'zh-CN': '无法发送到频道' },
  ERR_TOOMANYCHANNELS: {
    code: '405',
    en: 'You have joined too many channels',
    'zh-CN': '加入的频道过多',
  },
  ERR_WASNOSUCHNICK: { code: '406', en: 'There was no such nickname', 'zh-CN': '没有过此昵称' },
  ERR_TOOMANYTARGETS: {
    code: '407',
    en: 'Too many targets; nothing was sent',
    'zh-CN': '目标过多，未发送',
  },
  ERR_NOORIGIN: { code: '409', en: 'No origin specified', 'zh-CN': '缺少参数' },
  ERR_INVALIDCAPCMD: { code: '410', en: 'Invalid CAP command', 'zh-CN': '无效的 CAP 命令' },
  ERR_NORECIPIENT: {
    code: '411',
    en: 'No recipient given ({command})',
    'zh-CN': '缺少接收者（{command}）',
  },
  ERR_NOTEXTTOSEND: { code: '412', en: 'No text to send', 'zh-CN': '消息不能为空' },
  ERR_INPUTTOOLONG: {
    code: '417',
    en: 'Input line was too long: 512 bytes with its end, and 4096 of tags',
    'zh-CN': '输入行过长：含行尾最多 512 字节，标签最多 4096 字节',
  },
  ERR_UNKNOWNCOMMAND: { code: '421', en: 'Unknown command', 'zh-CN': '未知命令' },
  ERR_NONICKNAMEGIVEN: { code: '431', en: 'No nickname given', 'zh-CN': '请给出昵称' },
  ERR_ERRONEUSNICKNAME: { code: '432', en: 'Erroneous nickname', 'zh-CN': '昵称无效' },
  ERR_NICKNAMEINUSE: { code: '433', en: 'Nickname is already in use', 'zh-CN': '昵称已被使用' },
  ERR_USERNOTINCHANNEL: {
    code: '441',
    en: 'They are not on that channel',
    'zh-CN': '对方不在此频道',
  },
  ERR_NOTONCHANNEL: { code: '442', en: 'You are not on that channel', 'zh-CN': '你不在此频道' },
  ERR_NOTREGISTERED: {
    code: '451',
    en: 'You have not registered: send NICK and USER first',
    'zh-CN': '尚未注册，请先发送 NICK 和 USER',
  },
  ERR_NEEDMOREPARAMS: { code: '461', en: 'Not enough parameters', 'zh-CN': '参数不足' },
  ERR_ALREADYREGISTERED: { code: '462', en: 'You may not reregister', 'zh-CN': '你已经注册' },
  ERR_PASSWDMISMATCH: { code: '464', en: 'Password incorrect', 'zh-CN': '密码错误' },
  ERR_YOUREBANNEDCREEP: {
    code: '465',
    en: 'You are banned from this server',
    'zh-CN': '你已被此服务器封禁',
  },
  ERR_UNKNOWNMODE: { code: '472', en: 'is unknown mode char to me', 'zh-CN': '是未知的模式' },
  ERR_INVITEONLYCHAN: {
    code: '473',
    en: 'Cannot join channel (+i)',
    'zh-CN': '无法加入频道（+i）',
  },
  ERR_BANNEDFROMCHAN: {
    code: '474',
    en: 'Cannot join channel (+b)',
    'zh-CN': '无法加入频道（+b）',
  },
  ERR_BADCHANMASK: { code: '476', en: 'Bad channel name', 'zh-CN': '频道名无效' },
  ERR_BANLISTFULL: { code: '478', en: 'Channel list is full', 'zh-CN': '列表已满' },
  ERR_NOPRIVILEGES: {
    code: '481',
    en: 'Permission denied: only operators of the server may do that',
    'zh-CN': '权限不足：只有服务器管理员可以这样做',
  },
  ERR_CHANOPRIVSNEEDED: {
    code: '482',
    en: 'You are not channel operator',
    'zh-CN': '你不是频道管理员',
  },
  ERR_NOOPERHOST: {
    code: '491',
    en: 'Operators work by the admin API',
    'zh-CN': '管理员使用管理 API',
  },
  ERR_UMODEUNKNOWNFLAG: { code: '501', en: 'Unknown MODE flag', 'zh-CN': '未知的模式' },
  ERR_USERSDONTMATCH: {
    code: '502',
    en: "Can't change mode for other users",
    'zh-CN': '不能更改他人的模式',
  },
  ERR_HELPNOTFOUND: { code: '524', en: 'There is no help on that', 'zh-CN': '没有相关帮助' },
  ERR_INVALIDMODEPARAM: { code: '696' },
  RPL_HELPSTART: { code: '704' },
  RPL_HELPTXT: { code: '705' },
  RPL_ENDOFHELP: { code: '706', en: 'End of /HELP', 'zh-CN': '帮助结束' },
  RPL_MONONLINE: { code: '730' },
  RPL_MONOFFLINE: { code: '731' },
  RPL_MONLIST: { code: '732' },
  RPL_ENDOFMONLIST: { code: '733', en: 'End of MONITOR list', 'zh-CN': '列表结束' },
  ERR_MONLISTFULL: { code: '734', en: 'Monitor list is full', 'zh-CN': '列表已满' },
  RPL_LOGGEDIN: {
    code: '900',
    en: 'You are now logged in as {account}',
    'zh-CN': '你已登录为 {account}',
  },
  RPL_SASLSUCCESS: { code: '903', en: 'SASL authentication successful', 'zh-CN': 'SASL 认证成功' },
  ERR_SASLFAIL: { code: '904', en: 'SASL authentication failed', 'zh-CN': 'SASL 认证失败' },
  ERR_SASLTOOLONG: { code: '905', en: 'SASL message too long', 'zh-CN': 'SASL 消息过长' },
  ERR_SASLABORTED: { code: '906', en: 'SASL authentication aborted', 'zh-CN': 'SASL 认证已取消' },
  ERR_SASLALREADY: {
    code: '907',
    en: 'You have already authenticated using SASL',
    'zh-CN': '你已通过 SASL 认证',
  },
  RPL_SASLMECHS: {
    code: '908',
    en: 'are available SASL mechanisms',
    'zh-CN': '为可用的 SASL 机制',
  },
} as const satisfies Record<string, Entry>;

export type Numeric = keyof typeof numerics;

/** A numeric's text in a language, filled in; undefined when it has none. */
export const numericText = (
  name: Numeric,
  locale: Locale,
  fill: Readonly<Record<string, string | number>> = {},
): string | undefined => {
  const entry: Entry = numerics[name];
  return entry[locale]?.replace(/\{(\w+)\}/g, (whole, key: string) => String(fill[key] ?? whole));
};

/** A numeric to a client that goes by `nick`, `*` before it has one. */
export const numericLine = (
  name: Numeric,
  nick: string,
  params: readonly string[],
  text: string | undefined,
): Line => ({
  command: numerics[name].code,
  params: [nick, ...params, ...(text === undefined ? [] : [text])],
});
