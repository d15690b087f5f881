/** What the page says around its commands. */
export const helpTexts = {
  helpCommands: { en: 'Commands:', zh: '命令：' },
  helpKeys: {
    en: 'Keys: Enter sends, Shift+Enter starts a new line, ↑ in an empty box edits what you said last, Tab completes, Ctrl+K finds, Alt+↑ and Alt+↓ change the conversation, Alt+Shift+↓ goes to the next unread one, Page Up and Page Down scroll, Esc closes what is open. In the list of messages ↑ and ↓ go from one to the next, Enter opens what can be done about it.',
    zh: '按键：Enter 发送，Shift+Enter 换行，空输入框中按 ↑ 修改上一条消息，Tab 补全，Ctrl+K 搜索，Alt+↑ 和 Alt+↓ 切换会话，Alt+Shift+↓ 跳到下一个未读会话，Page Up 和 Page Down 滚动，Esc 关闭弹出的内容。在消息列表中用 ↑ 和 ↓ 逐条移动，Enter 打开操作。',
  },
  completions: { en: 'Suggestions', zh: '建议' },
} as const;
