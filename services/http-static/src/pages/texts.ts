import type { Locale } from '@partyline/protocol';

const en = {
  chat: 'Chat',
  about: 'About',
  guestbook: 'Guestbook',
  home: 'To the conversation',
  nobody: 'Nobody at this number',
  wrong: 'That did not work',
};

/** Everything that pages say by themselves. */
export type PageTexts = typeof en;

export const pageTexts: { readonly [L in Locale]: PageTexts } = {
  en,
  'zh-CN': {
    chat: '聊天',
    about: '关于',
    guestbook: '留言本',
    home: '返回聊天室',
    nobody: '页面不存在',
    wrong: '操作未成功',
  },
};
