/** Texts about looking for what was said. */
export const findingTexts = {
  find: { en: 'Find', zh: '搜索' },
  findTitle: { en: 'Find what was said', zh: '搜索消息' },
  findWords: { en: 'Words', zh: '搜索内容' },
  findHere: { en: 'Only in {name}', zh: '仅在 {name} 中' },
  notFound: { en: 'Nothing with “{words}”.', zh: '没有找到“{words}”。' },
  foundCount: { en: '{n} found', zh: '找到 {n} 条' },
  moreFound: { en: 'More', zh: '更多' },
  goToDay: { en: 'Go to a day', zh: '跳到日期' },
  day: { en: 'Day', zh: '日期' },
  goThere: { en: 'Go', zh: '前往' },
  firstNews: { en: 'Go to the first unread message', zh: '前往第一条未读消息' },
} as const;
