import type { System } from './system.ts';

/** An entry of the log as the admin API shows it. */
export type Entry = { readonly seq: number; readonly id: string; readonly nick: string };

/** The whole log of a room, page by page, as the admin API serves it. */
export const readLog = async (
  system: Pick<System, 'admin'>,
  room: string,
): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for (;;) {
    const after = entries.at(-1)?.seq ?? 0;
    const answer = await system.admin(`/v1/rooms/${room}/events?after=${after}&limit=500`);
    const page = (await answer.json()) as { head: number; events: Entry[] };
    entries.push(...page.events);
    if (page.events.length === 0 || (entries.at(-1)?.seq ?? 0) >= page.head) return entries;
  }
};
