import type { Locale } from '@partyline/protocol';

type Entry = {
  /** RFC 6455 §7.4 close code; 4000 to 4999 are ours. */
  readonly code: number;
  /** Whether the client may come back by resume at once. */
  readonly resume: boolean;
} & { readonly [L in Locale]: string };

/** Every way a gateway ends a connection. Texts are under 123 bytes, the limit of a WebSocket close reason. */
export const closeReasons = {
  goodbye: { code: 1000, resume: false, en: 'Goodbye.', 'zh-CN': '再见！' },
  shutdown: {
    code: 1012,
    resume: true,
    en: 'The server is restarting. Come back in a moment.',
    'zh-CN': '服务器正在重启，请稍后再来',
  },
  full: {
    code: 1013,
    resume: true,
    en: 'The line is full. Try again later.',
    'zh-CN': '服务器已满，请稍后再试',
  },
  crowded: {
    code: 1013,
    resume: true,
    en: 'Too many connections from your address. Close some, or try again later.',
    'zh-CN': '来自你的地址的连接过多，请关闭一些或稍后再试',
  },
  'tls-needed': {
    code: 4006,
    resume: false,
    en: 'This port speaks TLS. Connect with TLS, or to a port without it.',
    'zh-CN': '此端口使用 TLS，请用 TLS 连接，或改用不加密的端口',
  },
  ended: { code: 4000, resume: false, en: 'Your session was ended.', 'zh-CN': '会话已结束' },
  kicked: {
    code: 4001,
    resume: false,
    en: 'You were removed by the operator.',
    'zh-CN': '你已被管理员移出',
  },
  'password-changed': {
    code: 4007,
    resume: false,
    en: 'The password of your nickname was changed. Come in with the new one.',
    'zh-CN': '你的昵称密码已更改，请用新密码重新进入',
  },
  'resumed-elsewhere': {
    code: 4002,
    resume: false,
    en: 'Your session goes on over another connection.',
    'zh-CN': '会话已在另一连接上继续',
  },
  'too-slow': {
    code: 4003,
    resume: true,
    en: 'You stopped reading for too long. Come back and resume.',
    'zh-CN': '长时间未读取数据，请重新连接',
  },
  'login-timeout': {
    code: 4004,
    resume: false,
    en: 'You did not log in in time.',
    'zh-CN': '登录超时',
  },
  idle: {
    code: 4005,
    resume: true,
    en: 'The connection was idle for too long.',
    'zh-CN': '连接长时间空闲',
  },
} as const satisfies Record<string, Entry>;

export type CloseReason = keyof typeof closeReasons;
