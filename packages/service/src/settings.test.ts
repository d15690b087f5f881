import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checked, derived, optional, required, setting } from './setting.ts';
import { defineSettings, readSettings, SettingsError } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'partyline-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileWith = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const settings = defineSettings({
  port: setting.port('P_PORT', 7010, 'where it listens'),
  retries: setting.integer('P_RETRIES', 3, 'how often', { least: 1, most: 9 }),
  waitMs: setting.durationMs('P_WAIT_MS', 500, 'how long'),
  limitBytes: setting.bytes('P_LIMIT_BYTES', 1024, 'how much'),
  locale: setting.choice('P_LOCALE', ['en', 'zh-CN'], 'en', 'which language'),
  origins: setting.list('P_ORIGINS', [], 'who may'),
  host: setting.string(
    'P_HOST',
    derived(() => 'found', 'found out'),
    'where',
  ),
  note: setting.string('P_NOTE', optional, 'what'),
  token: setting.secret('P_TOKEN', required, 'the key'),
});
const token = 'a-token-of-some-length';

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readSettings(settings, environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('are their defaults when nothing is set', () => {
    expect(readSettings(settings, { P_TOKEN: token })).toEqual({
      port: 7010,
      retries: 3,
      waitMs: 500,
      limitBytes: 1024,
      locale: 'en',
      origins: [],
      host: 'found',
      note: undefined,
      token,
    });
  });

  it('are what the environment says', () => {
    const given = {
      P_TOKEN: token,
      P_PORT: '0',
      P_LOCALE: 'zh-CN',
      P_ORIGINS: 'https://a.example, https://b.example  c',
      P_NOTE: ' as it is ',
    };
    expect(readSettings(settings, given)).toMatchObject({
      port: 0,
      locale: 'zh-CN',
      origins: ['https://a.example', 'https://b.example', 'c'],
      note: ' as it is ',
    });
  });

  it('have the types of their kinds', () => {
    const values = readSettings(settings, { P_TOKEN: token });
    const typed: {
      readonly port: number;
      readonly locale: 'en' | 'zh-CN';
      readonly origins: readonly string[];
      readonly host: string;
      readonly note: string | undefined;
    } = values;
    // @ts-expect-error an optional setting may be undefined
    const note: string = values.note;
    expect([typed.port, note]).toEqual([7010, undefined]);
  });

  it('cannot be changed once read', () => {
    expect(Object.isFrozen(readSettings(settings, { P_TOKEN: token }))).toBe(true);
  });

  it('can come from a file, without the line end an editor leaves', () => {
    const values = readSettings(settings, {
      P_TOKEN_FILE: fileWith('token', `${token}\n`),
      P_PORT_FILE: fileWith('port', '81\r\n'),
    });
    expect(values).toMatchObject({ token, port: 81 });
  });

  it('that are empty count as not set, since compose hands them on so', () => {
    expect(readSettings(settings, { P_TOKEN: token, P_PORT: '', P_NOTE_FILE: '' })).toMatchObject({
      port: 7010,
      note: undefined,
    });
  });
});

describe('wrong settings', () => {
  it('are all named at once, with what they were and what is right', () => {
    expect(problemsOf({ P_PORT: '70100', P_LOCALE: 'fr', P_RETRIES: '0' })).toEqual([
      'P_PORT is "70100": it must be a port number, 0 to 65535.',
      'P_RETRIES is "0": it must be a whole number, 1 to 9.',
      'P_LOCALE is "fr": it must be one of en, zh-CN.',
      'P_TOKEN or P_TOKEN_FILE must be set: the key.',
    ]);
  });

  it.each(['', ' ', '1.5', '1e3', '0x10', '-1', '12abc', '９'])('number %j is refused', (text) => {
    const problems = problemsOf({ P_TOKEN: token, P_PORT_FILE: fileWith('number', text) });
    expect(problems).toHaveLength(1);
  });

  it('never show a secret', () => {
    const problems = problemsOf({ P_TOKEN: 'hunter2' });
    expect(problems).toEqual([
      'P_TOKEN is not usable: it must be a text of at least 16 visible ASCII characters.',
    ]);
  });

  it('name a file that cannot be read', () => {
    const path = join(folder, 'missing');
    expect(problemsOf({ P_TOKEN_FILE: path })).toEqual([
      `P_TOKEN_FILE is ${path}, which cannot be read (ENOENT).`,
    ]);
  });

  it('include one that is not fit, though of the right kind', () => {
    const even = checked(setting.integer('P_EVEN', 2, 'x'), 'an even number', (it) => it % 2 === 0);
    expect(readSettings({ even }, { P_EVEN: '4' })).toEqual({ even: 4 });
    expect(() => readSettings({ even }, { P_EVEN: '5' })).toThrow(
      'P_EVEN is "5": it must be an even number.',
    );
  });

  it('include one that is set in both ways', () => {
    expect(problemsOf({ P_TOKEN: token, P_TOKEN_FILE: '/x' })).toEqual([
      'P_TOKEN and P_TOKEN_FILE are both set: set one of them.',
    ]);
  });
});
