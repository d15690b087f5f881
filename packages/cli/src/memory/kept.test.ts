import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Memory } from '@partyline/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Kept, openKept } from './kept.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'partyline-state-'));
  folder = join(home, 'partyline');
});
afterEach(() => rmSync(home, { recursive: true }));

const memory: Memory = {
  held: {
    nick: 'ann',
    ticket: { token: 't', session: 's', epoch: 'e' },
    cursors: { lobby: 7 },
    outgoing: [],
  },
  remembered: { epoch: 'e', current: '#lobby', read: {}, cursors: { lobby: 7 }, privates: [] },
  drafts: [],
};

const opened = (name: string): Kept => {
  const kept = openKept(folder, name);
  if (kept === undefined) throw new Error('somebody else has it');
  return kept;
};

test('what one life writes is what the next one finds', () => {
  {
    using kept = opened('ann');
    expect(kept.memory).toBeUndefined();
    kept.write({ ...memory, drafts: [['#lobby', 'not yet']] });
    kept.write(memory);
  }
  using kept = opened('ann');
  expect(kept.memory).toEqual(memory);
});

test('only its owner can read it', () => {
  using kept = opened('ann');
  kept.write(memory);
  const modeOf = (path: string): number => statSync(path).mode & 0o777;
  expect(modeOf(folder)).toBe(0o700);
  const files = readdirSync(folder).map((file) => modeOf(join(folder, file)));
  expect(new Set(files)).toEqual(new Set([0o600]));
});

test('two clients never have the same, and others are free meanwhile', () => {
  {
    using _ann = opened('ann');
    expect(openKept(folder, 'ann')).toBeUndefined();
    using bob = opened('bob');
    expect(bob.memory).toBeUndefined();
  }
  using again = opened('ann');
  expect(again.memory).toBeUndefined();
});

test('a file that is broken is begun anew', () => {
  opened('ann')[Symbol.dispose]();
  const [file = ''] = readdirSync(folder);
  writeFileSync(join(folder, file), 'not a database, whatever its name says'.repeat(200));
  using kept = opened('ann');
  expect(kept.memory).toBeUndefined();
  kept.write(memory);
});

test('where nothing can be kept, that is told', () => {
  writeFileSync(folder, '');
  expect(() => openKept(folder, 'ann')).toThrow(/EEXIST|ENOTDIR/);
});
