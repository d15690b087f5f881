import type { Locale } from '@partyline/protocol';

type Texts = Readonly<
  Record<
    'title' | 'needs' | 'asked' | 'answered' | 'line' | 'given' | 'document' | 'status',
    string
  >
>;

/** What the reference says itself; what routes say of themselves is in English. */
export const referenceTexts: Readonly<Record<Locale, Texts>> = {
  en: {
    title: 'Admin API',
    needs: 'Scope',
    asked: 'Sent',
    answered: 'Answered',
    line: 'A line when it is followed',
    given: 'Parameters',
    document: 'As OpenAPI 3.1',
    status: 'Status page',
  },
  'zh-CN': {
    title: '管理 API',
    needs: '权限',
    asked: '请求',
    answered: '应答',
    line: '持续输出时的一行',
    given: '参数',
    document: 'OpenAPI 3.1 文档',
    status: '状态页',
  },
};
