import type { Options } from './command.ts';

export const helpOption: Options = {
  help: {
    type: 'boolean',
    short: 'h',
    purpose: { en: 'this', 'zh-CN': '显示本帮助' },
  },
};

export const jsonOption: Options = {
  json: {
    type: 'boolean',
    purpose: { en: 'one JSON object a line', 'zh-CN': '每行输出一个 JSON 对象' },
  },
};

/** Whose certificate is trusted. */
export const trustOptions: Options = {
  pin: {
    type: 'string',
    value: 'SHA256',
    purpose: {
      en: 'trust the certificate with this fingerprint, and no other (PARTYLINE_PIN)',
      'zh-CN': '只信任具有此指纹的证书（PARTYLINE_PIN）',
    },
  },
  ca: {
    type: 'string',
    value: 'FILE',
    purpose: {
      en: "trust the authorities in this file instead of the system's (PARTYLINE_CA)",
      'zh-CN': '信任此文件中的颁发机构，而不用系统的（PARTYLINE_CA）',
    },
  },
};

/** Who comes, and where to. */
export const visitOptions: Options = {
  server: {
    type: 'string',
    short: 's',
    value: 'ADDRESS',
    purpose: {
      en: 'where the server is (PARTYLINE_SERVER); else it is looked for on this network',
      'zh-CN': '服务器地址（PARTYLINE_SERVER）；不给出则在本网络中寻找',
    },
  },
  nick: {
    type: 'string',
    value: 'NAME',
    purpose: {
      en: "the nickname (PARTYLINE_NICK); else the user's name, with a number while it is taken",
      'zh-CN': '昵称（PARTYLINE_NICK）；不给出则用系统用户名，被占用时加数字',
    },
  },
  'password-file': {
    type: 'string',
    value: 'FILE',
    purpose: {
      en: 'the password of a registered nickname (PARTYLINE_PASSWORD_FILE, PARTYLINE_PASSWORD)',
      'zh-CN': '已注册昵称的密码文件（PARTYLINE_PASSWORD_FILE、PARTYLINE_PASSWORD）',
    },
  },
  ...trustOptions,
};

/** How long scripts wait. */
export const timeoutOption: Options = {
  timeout: {
    type: 'string',
    value: 'SECONDS',
    purpose: {
      en: 'how long a broken connection may stay away (60)',
      'zh-CN': '连接中断后最多等待的秒数（60）',
    },
  },
};
