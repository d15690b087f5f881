import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Described } from './static.ts';

/** The languages that server texts exist in. */
export const locales = ['en', 'zh-CN'] as const;
export type Locale = (typeof locales)[number];

type Entry = { readonly status: number } & { readonly [L in Locale]: string };

/**
 * Every way a request can be refused. `status` is the HTTP status where the problem leaves over
 * HTTP; `{x}` in a text is filled from the problem's params.
 */
export const problems = {
  'nick-taken': {
    status: 409,
    en: 'That nickname is taken. Choose another.',
    'zh-CN': '用户名已被使用，请更换用户名',
  },
  'nick-empty': { status: 422, en: 'A nickname is needed.', 'zh-CN': '请输入你的昵称' },
  'nick-too-long': {
    status: 422,
    en: 'A nickname has at most {limit} characters.',
    'zh-CN': '昵称最多 {limit} 个字符',
  },
  'nick-bad': {
    status: 422,
    en: 'A nickname is made of letters, digits and _ - . [ ] { } | ^ ` \\ without spaces.',
    'zh-CN': '昵称只能由文字、数字和 _ - . [ ] { } | ^ ` \\ 组成，不能有空格',
  },
  'nick-reserved': {
    status: 409,
    en: 'That nickname is reserved. Choose another.',
    'zh-CN': '该昵称为系统保留，请更换用户名',
  },
  'nick-registered': {
    status: 409,
    en: 'That nickname is registered. Enter under another, then /identify {nick} PASSWORD.',
    'zh-CN': '该昵称已注册。请先用其他昵称进入，再用 /identify {nick} 密码',
  },
  'account-has-nick': {
    status: 409,
    en: 'Your account is {nick}, and it has that one nickname. To set its password, /nick {nick} first.',
    'zh-CN': '你的账号昵称是 {nick}，一个账号只有一个注册昵称。要更改密码，请先 /nick {nick}',
  },
  'account-unknown': {
    status: 404,
    en: 'Nobody has registered {nick}.',
    'zh-CN': '昵称 {nick} 未注册',
  },
  'account-needed': {
    status: 403,
    en: 'That is kept for registered nicknames. Register yours first.',
    'zh-CN': '仅为已注册的昵称保存，请先注册昵称',
  },
  'nick-confusable': {
    status: 409,
    en: 'That looks like {nick}, which is registered. Choose another.',
    'zh-CN': '与已注册的昵称 {nick} 过于相似，请更换用户名',
  },
  'nick-unknown': {
    status: 404,
    en: 'Nobody here is called {nick}.',
    'zh-CN': '私聊对象 {nick} 不存在',
  },
  'room-empty': { status: 422, en: 'A room name is needed.', 'zh-CN': '请给出房间名' },
  'room-too-long': {
    status: 422,
    en: 'A room name has at most {limit} characters.',
    'zh-CN': '房间名最多 {limit} 个字符',
  },
  'room-bad': {
    status: 422,
    en: 'A room name is made of letters, digits and _ - . without spaces.',
    'zh-CN': '房间名只能由文字、数字和 _ - . 组成，不能有空格',
  },
  'room-unknown': { status: 404, en: 'There is no room {room}.', 'zh-CN': '房间 {room} 不存在' },
  'room-not-joined': {
    status: 403,
    en: 'You are not in room {room}. Join it first.',
    'zh-CN': '你不在房间 {room} 中，请先加入',
  },
  'room-creation-refused': {
    status: 403,
    en: 'There is no room {room}, and you may not make one here.',
    'zh-CN': '房间 {room} 不存在，你不能在此创建房间',
  },
  'room-invitation-needed': {
    status: 403,
    en: 'Room {room} is private. Somebody there has to invite you.',
    'zh-CN': '房间 {room} 为私密房间，需要邀请才能进入',
  },
  'room-read-only': {
    status: 403,
    en: 'Only those who run room {room} speak there.',
    'zh-CN': '房间 {room} 为只读，只有管理者可以发言',
  },
  'rooms-too-many': {
    status: 422,
    en: 'You can be in at most {limit} rooms.',
    'zh-CN': '最多同时加入 {limit} 个房间',
  },
  'nick-not-in-room': {
    status: 404,
    en: '{nick} is not in room {room}.',
    'zh-CN': '{nick} 不在房间 {room} 中',
  },
  'moderator-needed': {
    status: 403,
    en: 'Only moderators and owners of room {room} may do that.',
    'zh-CN': '只有房间 {room} 的管理员和房主可以这样做',
  },
  'owner-needed': {
    status: 403,
    en: 'Only owners of room {room} may do that.',
    'zh-CN': '只有房间 {room} 的房主可以这样做',
  },
  'operator-needed': {
    status: 403,
    en: 'Only operators of the server may do that.',
    'zh-CN': '只有服务器管理员可以这样做',
  },
  'rank-too-low': {
    status: 403,
    en: 'You may do that only to people whose role is below yours; that of {nick} is not.',
    'zh-CN': '只能对角色低于你的人这样做，{nick} 的角色不低于你',
  },
  'role-bad': {
    status: 422,
    en: 'Operators are operators of the whole server; rooms have owners, moderators and members.',
    'zh-CN': '管理员属于整个服务器；房间的角色为 owner、moderator 和 member',
  },
  'ban-bad': {
    status: 422,
    en: 'Who is banned is a nickname, account:NAME, or an address range such as 192.0.2.0/24, not wider than /8 (IPv6: /16).',
    'zh-CN':
      '封禁对象为昵称、account:昵称，或地址段（如 192.0.2.0/24，不宽于 /8，IPv6 不宽于 /16）',
  },
  'ban-unknown': {
    status: 404,
    en: '{who} is not banned here.',
    'zh-CN': '{who} 未被封禁',
  },
  'bans-too-many': {
    status: 422,
    en: 'There can be at most {limit} bans. Lift some first.',
    'zh-CN': '最多 {limit} 条封禁，请先解除一些',
  },
  banned: {
    status: 403,
    en: 'You are banned from this server until {until}: {reason}',
    'zh-CN': '你已被此服务器封禁，直到 {until}：{reason}',
  },
  'room-banned': {
    status: 403,
    en: 'You are banned from room {room} until {until}: {reason}',
    'zh-CN': '你已被房间 {room} 封禁，直到 {until}：{reason}',
  },
  muted: {
    status: 403,
    en: 'You are muted in room {room} until {until}: {reason}',
    'zh-CN': '你在房间 {room} 中被禁言，直到 {until}：{reason}',
  },
  'slow-mode': {
    status: 429,
    en: 'This room is in slow mode. Wait {seconds} s.',
    'zh-CN': '本房间处于慢速模式，请等待 {seconds} 秒',
  },
  'event-unknown': {
    status: 404,
    en: 'There is no message {seq} in {room}.',
    'zh-CN': '{room} 中没有消息 {seq}',
  },
  'event-unfound': {
    status: 404,
    en: 'There is no such message among the last in {room}.',
    'zh-CN': '{room} 最近的消息中没有找到',
  },
  'event-not-yours': {
    status: 403,
    en: 'That is not your message.',
    'zh-CN': '这不是你的消息',
  },
  'reaction-bad': {
    status: 422,
    en: 'A reaction has 1 to {limit} characters without white space.',
    'zh-CN': '回应的长度为 1 到 {limit} 个字符，不能有空白',
  },
  'search-empty': {
    status: 422,
    en: 'Search for words of letters or digits.',
    'zh-CN': '请输入要搜索的文字',
  },
  'search-too-long': {
    status: 422,
    en: 'A search has at most {limit} characters.',
    'zh-CN': '搜索内容最多 {limit} 个字符',
  },
  'search-too-many': {
    status: 422,
    en: 'A search has at most {limit} words.',
    'zh-CN': '搜索内容最多 {limit} 个词',
  },
  'text-empty': { status: 422, en: 'There is no text to send.', 'zh-CN': '消息不能为空' },
  'text-too-long': {
    status: 413,
    en: 'A message has at most {limit} characters.',
    'zh-CN': '消息最多 {limit} 个字符',
  },
  'card-too-long': {
    status: 413,
    en: 'A card has at most {limit} bytes.',
    'zh-CN': '卡片最多 {limit} 字节',
  },
  'id-bad': {
    status: 422,
    en: 'An id has 1 to {limit} characters.',
    'zh-CN': 'id 的长度为 1 到 {limit} 个字符',
  },
  'frame-too-long': {
    status: 413,
    en: 'A line has at most {limit} bytes.',
    'zh-CN': '一行最多 {limit} 字节',
  },
  'utf8-bad': { status: 400, en: 'That was not valid UTF-8.', 'zh-CN': '不是有效的 UTF-8 编码' },
  'json-bad': {
    status: 400,
    en: 'That was not a JSON object on one line.',
    'zh-CN': '不是一行有效的 JSON 对象',
  },
  'packet-bad': {
    status: 400,
    en: 'That was no packet of Socket.IO 4. An event is 2["NAME", …], and its name none of connect, connect_error, disconnect, disconnecting, newListener and removeListener.',
    'zh-CN':
      '不是有效的 Socket.IO 4 数据包。事件格式为 2["名称", …]，名称不能是 connect、connect_error、disconnect、disconnecting、newListener 和 removeListener',
  },
  'binary-bad': {
    status: 415,
    en: 'Binary data is not taken here. Say text, or share a file.',
    'zh-CN': '此处不接受二进制数据，请发送文字或分享文件',
  },
  'type-unknown': {
    status: 400,
    en: 'There is no type {type}. Types are: {types}.',
    'zh-CN': '未知类型 {type}。可用类型：{types}',
  },
  'member-bad': {
    status: 422,
    en: 'Member {member} of type {type} must be {expected}.',
    'zh-CN': '类型 {type} 的成员 {member} 必须是 {expected}',
  },
  'command-unknown': {
    status: 400,
    en: 'Unknown command. /help lists them.',
    'zh-CN': '命令无法识别！',
  },
  'command-usage': { status: 400, en: 'Usage: {usage}', 'zh-CN': '用法：{usage}' },
  'command-unserved': {
    status: 503,
    en: 'Nobody serves /{name} at the moment.',
    'zh-CN': '目前没有服务提供 /{name}',
  },
  'command-taken': {
    status: 409,
    en: 'Somebody else serves /{name}.',
    'zh-CN': '/{name} 已由其他服务提供',
  },
  'command-late': {
    status: 504,
    en: 'No answer to /{name} came within {seconds} seconds.',
    'zh-CN': '/{name} 在 {seconds} 秒内没有响应',
  },
  'command-failed': {
    status: 502,
    en: '/{name} failed: whatever serves it was not reached, or refused.',
    'zh-CN': '/{name} 执行失败：服务无法访问或拒绝了请求',
  },
  'command-busy': {
    status: 503,
    en: 'Too many wait for /{name}. Try again in a moment.',
    'zh-CN': '等待 /{name} 的人过多，请稍后再试',
  },
  'login-needed': { status: 401, en: 'Log in first.', 'zh-CN': '请先登录' },
  'login-done': { status: 409, en: 'You are logged in already.', 'zh-CN': '你已经登录' },
  'password-wrong': {
    status: 403,
    en: 'Nickname or password is wrong.',
    'zh-CN': '昵称或密码错误',
  },
  'password-locked': {
    status: 429,
    en: 'Too many wrong passwords. Wait {seconds} s.',
    'zh-CN': '密码错误次数过多，请等待 {seconds} 秒',
  },
  'password-short': {
    status: 422,
    en: 'A password has {least} to {limit} characters.',
    'zh-CN': '密码长度为 {least} 到 {limit} 个字符',
  },
  'certificate-bad': {
    status: 422,
    en: 'A fingerprint is the SHA-256 of a certificate: 64 hexadecimal digits.',
    'zh-CN': '指纹为证书的 SHA-256，即 64 位十六进制数字',
  },
  'certificate-missing': {
    status: 422,
    en: 'You showed no certificate. Connect over TLS with one, or give its fingerprint.',
    'zh-CN': '你没有出示证书，请使用客户端证书通过 TLS 连接，或给出指纹',
  },
  'certificate-unknown': {
    status: 403,
    en: 'That certificate is not known for this account.',
    'zh-CN': '该账号没有登记此证书',
  },
  'certificate-taken': {
    status: 409,
    en: 'That certificate is another account’s.',
    'zh-CN': '此证书已属于另一账号',
  },
  'certificates-too-many': {
    status: 422,
    en: 'An account has at most {limit} certificates. Remove one first.',
    'zh-CN': '每个账号最多 {limit} 个证书，请先删除一些',
  },
  'resume-unknown': {
    status: 404,
    en: 'That session cannot be resumed any more. Log in anew.',
    'zh-CN': '会话已无法恢复，请重新登录',
  },
  'session-unknown': {
    status: 404,
    en: 'There is no session {session}.',
    'zh-CN': '会话 {session} 不存在',
  },
  'instance-unknown': {
    status: 409,
    en: 'Instance {instance} is not known. Say hello first.',
    'zh-CN': '实例 {instance} 未登记，请先登记',
  },
  flood: {
    status: 429,
    en: 'You are sending too fast. Wait {seconds} s.',
    'zh-CN': '发送过快，请等待 {seconds} 秒',
  },
  'token-wrong': {
    status: 401,
    en: 'The bearer token is missing or wrong.',
    'zh-CN': '令牌缺失或错误',
  },
  'token-scope': {
    status: 403,
    en: 'This token does not allow that: {needed}.',
    'zh-CN': '该令牌没有此权限：{needed}',
  },
  'token-scope-needed': {
    status: 403,
    en: 'Token {name} has the scope {scope}; that needs {needed}.',
    'zh-CN': '令牌 {name} 的权限为 {scope}，此操作需要 {needed}',
  },
  'token-unknown': {
    status: 404,
    en: 'There is no token {name}.',
    'zh-CN': '令牌 {name} 不存在',
  },
  'token-taken': {
    status: 409,
    en: 'There is a token {name} already. Choose another name, or revoke it first.',
    'zh-CN': '令牌 {name} 已存在，请换一个名称，或先吊销它',
  },
  'token-name-bad': {
    status: 422,
    en: 'A token’s name has 1 to {limit} letters, digits and _ - . and is not {reserved}.',
    'zh-CN': '令牌名称由 1 到 {limit} 个字母、数字和 _ - . 组成，且不能是 {reserved}',
  },
  'tokens-too-many': {
    status: 422,
    en: 'There are {limit} tokens, the most there can be. Revoke some first.',
    'zh-CN': '令牌最多 {limit} 个，请先吊销一些',
  },
  'time-past': { status: 422, en: 'That time is past: {at}.', 'zh-CN': '该时间已过：{at}' },
  'idempotency-key-bad': {
    status: 400,
    en: 'An Idempotency-Key has 1 to {limit} visible ASCII characters, in quotes or not.',
    'zh-CN': 'Idempotency-Key 为 1 到 {limit} 个可见 ASCII 字符，可带引号',
  },
  'idempotency-key-reused': {
    status: 422,
    en: 'That Idempotency-Key came with another request. Take a new one.',
    'zh-CN': '该 Idempotency-Key 已用于另一请求，请换一个',
  },
  'request-under-way': {
    status: 409,
    en: 'The request with that Idempotency-Key is still under way. Send it again in a moment.',
    'zh-CN': '使用该 Idempotency-Key 的请求仍在处理，请稍后重发',
  },
  'state-changed': {
    status: 412,
    en: 'It is not any more as If-Match says; it is {etag} now. Nothing was done.',
    'zh-CN': '内容已与 If-Match 不符，现为 {etag}。未作任何更改',
  },
  'streams-too-many': {
    status: 503,
    en: 'There are {limit} streams, the most there can be. Close one, or try again later.',
    'zh-CN': '数据流最多 {limit} 个，请关闭一些或稍后再试',
  },
  'tokens-locked': {
    status: 429,
    en: 'Too many wrong tokens from your address. Wait {seconds} s.',
    'zh-CN': '来自你的地址的错误令牌过多，请等待 {seconds} 秒',
  },
  'bot-unknown': { status: 404, en: 'There is no bot {nick}.', 'zh-CN': '机器人 {nick} 不存在' },
  'bots-too-many': {
    status: 422,
    en: 'There are {limit} bots and webhooks, the most there can be.',
    'zh-CN': '机器人和 webhook 最多 {limit} 个',
  },
  'bot-deaf': {
    status: 403,
    en: '{nick} is a bot and reads no private messages.',
    'zh-CN': '{nick} 是机器人，不接收私聊',
  },
  'webhook-unknown': {
    status: 404,
    en: 'There is no webhook at this address. Ask whoever made it for the right one.',
    'zh-CN': '此地址没有 webhook，请向创建者核对地址',
  },
  'url-bad': {
    status: 422,
    en: 'That is no URL to call. It must be like https://example.org/path, without a password in it.',
    'zh-CN': '无法使用该地址，应为 https://example.org/path 的形式，且不含密码',
  },
  'url-closed': {
    status: 422,
    en: '{address} is in a private network. Allow it by PARTYLINE_WEBHOOK_NETWORKS if webhooks may go there.',
    'zh-CN': '{address} 属于私有网络，如需允许请设置 PARTYLINE_WEBHOOK_NETWORKS',
  },
  'webhooks-too-many': {
    status: 422,
    en: 'There are {limit} outgoing webhooks, the most there can be.',
    'zh-CN': '外发 webhook 最多 {limit} 个',
  },
  'path-unknown': { status: 404, en: 'There is nothing at {path}.', 'zh-CN': '{path} 不存在' },
  'method-refused': {
    status: 405,
    en: '{path} does not take {method}, only {methods}.',
    'zh-CN': '{path} 不支持 {method}，只支持 {methods}',
  },
  'upgrade-needed': {
    status: 426,
    en: 'This address speaks WebSocket.',
    'zh-CN': '此地址使用 WebSocket 协议',
  },
  'origin-refused': {
    status: 403,
    en: 'Pages of {origin} may not connect here.',
    'zh-CN': '不允许来自 {origin} 的页面连接',
  },
  'subprotocol-unknown': {
    status: 400,
    en: 'None of the subprotocols offered is spoken here. Offer {spoken}, or none.',
    'zh-CN': '不支持所请求的子协议，请使用 {spoken} 或不指定',
  },
  'dns-name-bad': {
    status: 422,
    en: 'To look up is an address, or a name: labels of letters, digits, - and _ between dots, like example.org.',
    'zh-CN': '要查询的是地址，或由点分隔的字母、数字、- 和 _ 组成的域名，例如 example.org',
  },
  'dns-type-unknown': {
    status: 422,
    en: 'There is no record type {type} here. Types are: {types}.',
    'zh-CN': '未知记录类型 {type}。可用类型：{types}',
  },
  'dns-reverse-refused': {
    status: 403,
    en: 'Names of addresses of private networks, or of many addresses, are not looked up here.',
    'zh-CN': '此处不反向查询内网地址，也不查询多个地址',
  },
  'watch-unknown': {
    status: 404,
    en: '{name} is not watched for {room}.',
    'zh-CN': '房间 {room} 没有监视 {name}',
  },
  'watches-too-many': {
    status: 409,
    en: 'No more than {limit} names can be watched.',
    'zh-CN': '最多可监视 {limit} 个域名',
  },
  'dns-server-refused': {
    status: 403,
    en: 'Up to four of these servers can be asked: {servers}.',
    'zh-CN': '最多可指定以下服务器中的四个：{servers}',
  },
  'file-empty': { status: 422, en: 'The file is empty.', 'zh-CN': '文件为空' },
  'file-too-large': {
    status: 413,
    en: 'A file has at most {limit} bytes.',
    'zh-CN': '文件最多 {limit} 字节',
  },
  'file-type-refused': {
    status: 415,
    en: 'Files of type {type} are not taken here. Types are: {types}.',
    'zh-CN': '不接受 {type} 类型的文件。可用类型：{types}',
  },
  'files-too-many': {
    status: 413,
    en: 'You have shared what one may share, {limit} bytes. Older files are deleted in time.',
    'zh-CN': '你已达到分享上限 {limit} 字节，较旧的文件会按时删除',
  },
  'files-full': {
    status: 507,
    en: 'There is no room for more files. Older ones are deleted in time.',
    'zh-CN': '文件存储空间已满，较旧的文件会按时删除',
  },
  'files-unserved': {
    status: 503,
    en: 'Nobody takes files at the moment.',
    'zh-CN': '目前没有服务接收文件',
  },
  'ticket-bad': {
    status: 401,
    en: 'That ticket is not one of ours, has run out, or is for another room. Ask for a new one.',
    'zh-CN': '上传凭证无效、已过期或属于其他房间，请重新获取',
  },
  'upload-elsewhere': {
    status: 409,
    en: 'The upload stands at {offset}. Go on there.',
    'zh-CN': '上传进度为 {offset}，请从此处继续',
  },
  'backup-running': {
    status: 409,
    en: 'A backup is being made. Wait for it.',
    'zh-CN': '正在备份，请等待其完成',
  },
  'backup-unknown': {
    status: 404,
    en: 'There is no backup {name}.',
    'zh-CN': '备份 {name} 不存在',
  },
  'backup-space': {
    status: 507,
    en: 'A backup needs {needed} bytes, and {free} are free. Delete older ones, or make room.',
    'zh-CN': '备份需要 {needed} 字节，可用空间为 {free} 字节，请删除旧备份或腾出空间',
  },
  'disk-full': {
    status: 507,
    en: 'The disk is full. Make room on it.',
    'zh-CN': '磁盘已满，请腾出空间',
  },
  'backup-failed': {
    status: 500,
    en: 'The backup could not be made: {reason}',
    'zh-CN': '备份失败：{reason}',
  },
  'backup-elsewhere': {
    status: 501,
    en: 'Backups are made here of SQLite. Back a Postgres up by pg_dump.',
    'zh-CN': '此处仅备份 SQLite，Postgres 请使用 pg_dump',
  },
  'line-full': {
    status: 503,
    en: 'The line is full. Try again later.',
    'zh-CN': '服务器已满，请稍后再试',
  },
  'address-crowded': {
    status: 429,
    en: 'Too many connections from your address. Close some, or try again later.',
    'zh-CN': '来自你的地址的连接过多，请关闭一些或稍后再试',
  },
  'tls-needed': {
    status: 400,
    en: 'This port speaks TLS. Connect by wss: or https:.',
    'zh-CN': '此端口使用 TLS，请用 wss: 或 https: 连接',
  },
  'http-bad': {
    status: 400,
    en: 'That was no HTTP request: {reason}.',
    'zh-CN': '不是有效的 HTTP 请求：{reason}',
  },
  'address-bad': {
    status: 400,
    en: 'An address is of ASCII without blanks: write anything else in it as %XX. A nick can also come as -u NICK:',
    'zh-CN': '地址只能包含 ASCII 字符且不含空格，其他文字请写成 %XX；昵称也可用 -u 昵称: 给出',
  },
  'head-too-long': {
    status: 431,
    en: 'The address and the headers of a request have at most {limit} bytes.',
    'zh-CN': '请求的地址和头部最多 {limit} 字节',
  },
  'request-slow': {
    status: 408,
    en: 'The request took too long to come.',
    'zh-CN': '请求发送超时',
  },
  'request-bad': { status: 400, en: '{reason}', 'zh-CN': '{reason}' },
  internal: { status: 500, en: 'That went wrong here.', 'zh-CN': '服务器内部错误' },
  unavailable: {
    status: 503,
    en: 'The line is away for a moment. Try again.',
    'zh-CN': '服务暂时不可用，请稍后再试',
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof problems;

/** Why a request was refused: a value, never thrown across a process. */
export const Problem = Type.Object({
  code: Type.Enum(Object.keys(problems) as ProblemCode[]),
  /** The text in English; gateways tell it in their own locale by `problemText`. */
  message: Type.String(),
  params: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
});
export type Problem = Described<typeof Problem>;

const fill = (text: string, params: Problem['params']): string =>
  text.replace(/\{(\w+)\}/g, (whole, key: string) => String(params?.[key] ?? whole));

/** A problem of the table, its text filled in. */
export const problem = (code: ProblemCode, params?: Problem['params']): Problem =>
  params === undefined
    ? { code, message: problems[code].en }
    : { code, message: fill(problems[code].en, params), params };

/** A problem's text in a language. */
export const problemText = (it: Problem, locale: Locale): string =>
  fill(problems[it.code][locale], it.params);

/** RFC 9457 body of a problem that leaves over HTTP; its params are members too, but for one named `type`. */
export const problemDocument = (it: Problem) => {
  const own = {
    type: `urn:partyline:problem:${it.code}`,
    title: it.message,
    status: problems[it.code].status,
    code: it.code,
  };
  // Twice: first, for whoever reads it, and last, so that no param takes its place.
  return { ...own, ...it.params, ...own };
};

const document = Compile(
  Type.Object({ type: Type.String(), title: Type.String(), code: Problem.properties.code }),
);
const isParam = (entry: [string, unknown]): entry is [string, string | number] =>
  typeof entry[1] === 'string' || typeof entry[1] === 'number';

/** The problem that a response body tells of as `problemDocument` writes it, if it is one of ours. */
export const readProblem = (body: string): Problem | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    if (!document.Check(value)) return undefined;
    const { type: _type, title: message, status: _status, code, ...rest } = { status: 0, ...value };
    const params = Object.entries(rest).filter(isParam);
    return params.length === 0
      ? { code, message }
      : { code, message, params: Object.fromEntries(params) };
  } catch {
    return undefined;
  }
};
