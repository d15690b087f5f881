import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { dialTcp, type System, startSystem, TalkingClient } from '@partyline/faults';

/** Rows of one transaction. */
const BATCH = 100_000;
/** How far events are apart in time. */
const STEP_MS = 10;

/** A system that has one room with a long log. */
export interface LongLog extends AsyncDisposable {
  readonly system: System;
  readonly room: string;
  /** When the first event was, and how far they are apart. */
  readonly firstAt: number;
  readonly stepMs: number;
  /** Asks the admin API; gives what it answers. */
  ask<Answer>(path: string): Promise<Answer>;
}

/**
 * Writes a log of so many events past chat-core, as it would have written it, but for its texts: a
 * hundred times as fast. What else is in a row is as in one that was said.
 */
export const startLongLog = async (
  events: number,
  textOf: (n: number) => string,
): Promise<LongLog> => {
  await using starting = new AsyncDisposableStack();
  const system = starting.use(await startSystem());
  const room = 'lobby';
  const ask = async <Answer>(path: string, init?: RequestInit): Promise<Answer> => {
    const answer = await system.admin(path, init);
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  const guest = new TalkingClient('guest', dialTcp(system.tcp.jsonPort));
  await guest.enter();
  guest.close();
  await ask(`/v1/rooms/${room}/say`, {
    ...{ method: 'POST', body: '{"text":"the first"}' },
    headers: { 'content-type': 'application/json' },
  });
  await system.core.stop();
  const firstAt = write(join(system.folder, 'partyline.db'), room, events, textOf);
  await system.core.start();
  const owned = starting.move();
  return {
    ...{ system, room, firstAt, stepMs: STEP_MS, ask },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
};

/** Gives when the first event was. */
const write = (
  file: string,
  room: string,
  events: number,
  textOf: (n: number) => string,
): number => {
  using database = new DatabaseSync(file);
  const template = database.prepare('select * from events where room = ?').get(room);
  if (template === undefined) throw new Error('nothing was said');
  const firstAt = Number(template.at);
  const columns = Object.keys(template);
  const insertion = database.prepare(
    `insert into events (${columns.map((it) => `"${it}"`).join()})
     values (${columns.map((it) => `:${it}`).join()})`,
  );
  for (let seq = 2; seq <= events; ) {
    database.exec('begin immediate');
    for (const end = Math.min(events, seq + BATCH); seq <= end; seq += 1)
      insertion.run({
        ...template,
        ...{ seq, at: firstAt + (seq - 1) * STEP_MS, id: `p${seq}`, text: textOf(seq) },
      });
    database.exec('commit');
  }
  database
    .prepare('update rooms set seq = ?, last_at = ? where room = ?')
    .run(events, firstAt + (events - 1) * STEP_MS, room);
  return firstAt;
};
