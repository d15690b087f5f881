import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Tables } from '../store/memory/tables.ts';
import type { EventRow } from '../store/rows.ts';
import type { Effect } from './effect.ts';
import { rehearse } from './rehearsal.ts';
import { accountIn, instances, type Step, said, step } from './test/arbitrary-steps.ts';

/** Runs the steps, publishes that follow each other in batches; gives what became of them. */
const run = async (steps: readonly Step[], batchSize: number) => {
  const it = rehearse();
  for (const instance of instances) await it.hello(instance);
  const answers: unknown[] = [];
  const effects: Effect[] = [...it.told()];
  const requests: Promise<readonly unknown[]>[] = [];
  const settle = async (): Promise<void> => {
    for (const request of requests.splice(0)) answers.push(...(await request));
    effects.push(...it.told());
    judge(it.tables, effects);
  };
  for (const one of steps) {
    if (one.type === 'said') {
      const { by, session: name, command: what, id } = one;
      requests.push(it.line.publish(by, [it.envelope(name, what, id)]));
      if (requests.length >= batchSize) await settle();
      continue;
    }
    await settle();
    if (one.type === 'time') it.clock.now += one.ms;
    else answers.push(await it.line.run(accountIn(one.task, [...it.tables.accounts.keys()])));
  }
  await settle();
  return { answers, tables: it.tables, effects };
};

/** What must be true after every batch. */
const judge = (tables: Tables, effects: readonly Effect[]): void => {
  const here = [...tables.sessions.values()].filter((it) => it.state !== 'ended');
  const holders = new Map(here.map((it) => [it.person, it.nameKey]));
  // All sessions of a person say the same.
  for (const its of Map.groupBy(here, (it) => it.person).values())
    expect(
      new Set(its.map((it) => JSON.stringify([it.nick, it.realName, it.away]))),
    ).toHaveProperty('size', 1);
  // One holder a name, one name a person, and nobody's name left behind.
  expect(new Map([...tables.names.values()].map((it) => [it.person, it.nameKey]))).toEqual(holders);
  expect(new Set(holders.values()).size).toBe(holders.size);

  for (const [name, row] of tables.rooms) {
    const log = tables.events.get(name) ?? [];
    expect(log.map((it) => it.seq)).toEqual(log.map((_, index) => index + 1));
    expect(row.seq).toBe(log.length);
    expect(new Set(log.map((it) => `${it.person} ${it.id}`)).size).toBe(log.length);
    judgeReferences(log);
    const inside = here.filter((it) => tables.members.has(`${name}\n${it.session}`));
    expect(row.members).toBe(new Set(inside.map((it) => it.person)).size);
    expect(shownIn(name, effects)).toEqual(
      name.startsWith('~') ? [] : [...new Set(inside.map((it) => it.nick))].sort(),
    );
  }
  for (const { session: id } of tables.members.values())
    expect(here.map((it) => it.session)).toContain(id);
  expect(routes(effects)).toEqual(
    [...tables.members.values()]
      .flatMap(({ room: name, session: id }) => {
        const row = tables.sessions.get(id);
        return row?.state === 'live' ? [`${row.instance} ${name}`] : [];
      })
      .sort(),
  );
};

const isSaid = (kind: EventRow['kind']): boolean =>
  kind === 'message' || kind === 'action' || kind === 'notice';

/** What is true of a log whose events refer to others. */
const judgeReferences = (log: readonly EventRow[]): void => {
  const on = new Map<string, boolean>();
  const gone = new Set(log.flatMap((it) => (it.kind === 'delete' ? (it.ref ?? []) : [])));
  for (const { seq, kind, ref: to, person, session: author, text } of log) {
    const target = to === null ? undefined : log[to - 1];
    if (isSaid(kind)) expect(text === '').toBe(gone.has(seq));
    if (kind === 'edit') expect(text === '').toBe(gone.has(to ?? 0));
    if (isSaid(kind) || kind === 'topic') {
      if (target === undefined) expect(to).toBeNull();
    } else expect(target).toBeDefined();
    if (target === undefined) continue;
    expect(target.seq).toBeLessThan(seq);
    expect(isSaid(target.kind)).toBe(true);
    if (kind === 'edit') expect([person, author]).toContain(target.person);
    if (kind !== 'react' && kind !== 'unreact') continue;
    const key = `${to} ${person} ${text}`;
    expect(on.get(key) ?? false).toBe(kind === 'unreact');
    on.set(key, kind === 'react');
  }
};

/** Who is in a room, as those see it who were told of every change. */
const shownIn = (name: string, effects: readonly Effect[]): string[] => {
  const shown = new Set<string>();
  for (const it of effects) {
    if (it.type !== 'presence' || it.room !== name) continue;
    const { change } = it;
    if (change.change === 'left') expect(shown.delete(change.nick)).toBe(true);
    if (change.change === 'renamed') expect(shown.delete(change.was)).toBe(true);
    if (change.change === 'joined' || change.change === 'renamed') {
      expect(shown).not.toContain(change.nick);
      shown.add(change.nick);
    }
  }
  return [...shown].sort();
};

/** Which instance reads which room, a line for each live session there. */
const routes = (effects: readonly Effect[]): string[] => {
  const lines: string[] = [];
  for (const it of effects) {
    if (it.type !== 'reads') continue;
    const line = `${it.instance} ${it.room}`;
    if (it.by === 1) lines.push(line);
    else expect(lines.splice(lines.indexOf(line), lines.includes(line) ? 1 : 0)).toEqual([line]);
  }
  return lines.sort();
};

test.prop([fc.array(step, { minLength: 10, maxLength: 60 })], { numRuns: 300 })(
  'one holds a name, logs have no holes, nothing is said twice, and all are told the truth',
  async (steps) => {
    await run(steps, 5);
  },
);

test.prop([fc.array(step, { maxLength: 40 }), fc.integer({ min: 2, max: 40 })])(
  'what is decided does not depend on how publishes are batched',
  async (steps, batchSize) => {
    const [one, many] = [await run(steps, 1), await run(steps, batchSize)];
    expect(many.answers).toEqual(one.answers);
    expect(many.tables).toEqual(one.tables);
  },
);

test.prop([fc.array(said, { maxLength: 30 })])(
  'a publish that is repeated gets the receipt that it got',
  async (publishes) => {
    const it = rehearse();
    for (const instance of instances) await it.hello(instance);
    for (const { by, session: name, command: what, id } of publishes) {
      const envelope = it.envelope(name, what, id);
      const [first] = await it.line.publish(by, [envelope]);
      if (first?.type !== 'published') continue;
      expect((await it.line.publish(by, [envelope]))[0]).toEqual(first);
      const isOfOther = what.type === 'react';
      expect(it.tables.events.get(first.room)?.[first.seq - 1]).toMatchObject({
        ...{ at: first.at, ...(!isOfOther && { id }) },
      });
    }
  },
);
