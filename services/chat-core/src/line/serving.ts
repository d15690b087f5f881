import type { CommandInfo } from '@partyline/protocol';
import { reaches } from '../people/bot.ts';
import type { InstanceRow, RoomRow } from '../store/rows.ts';

/** Whether an instance answers slash commands in a room: a bot where its token is for, a service anywhere. */
const isFor = ({ bot }: InstanceRow, name: string, room: RoomRow | undefined): boolean =>
  bot === null || reaches(bot.rooms, name, room);

/** Services first, then who has been there for longer; of two that came at once, the same every time. */
const byPrecedence = (a: InstanceRow, b: InstanceRow): number =>
  Number(a.bot !== null) - Number(b.bot !== null) ||
  a.startedAt - b.startedAt ||
  (a.instance < b.instance ? -1 : 1);

/** Whose an instance is: instances of one kind, or of one bot, share what they serve. */
const ownerOf = ({ kind, bot }: InstanceRow): string => (bot === null ? kind : bot.bot);

/**
 * The instances that serve a slash command in a room, all of one owner. Where several want to, a
 * service goes before bots, and whoever was there first before the others.
 */
export const serving = (
  instances: Iterable<InstanceRow | undefined>,
  command: string,
  name: string,
  room: RoomRow | undefined,
): readonly InstanceRow[] => {
  const all = [...instances]
    .filter((it) => it !== undefined)
    .filter((it) => isFor(it, name, room) && it.commands.some((own) => own.name === command))
    .sort(byPrecedence);
  const [first] = all;
  return first === undefined ? [] : all.filter((it) => ownerOf(it) === ownerOf(first));
};

/** The slash commands that somebody serves in a room, by name, each as who serves it tells it. */
export const servedIn = (
  instances: readonly InstanceRow[],
  name: string,
  room: RoomRow | undefined,
): readonly CommandInfo[] => {
  const names = new Set(instances.flatMap((it) => it.commands.map((own) => own.name)));
  return [...names].sort().flatMap((command) => {
    const [first] = serving(instances, command, name, room);
    return first?.commands.find((it) => it.name === command) ?? [];
  });
};
