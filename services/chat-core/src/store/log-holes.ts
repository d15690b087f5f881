/** A room whose log doesn't go from its first event to the last number without holes. */
export type LogHole = {
  readonly room: string;
  readonly seq: number | null;
  readonly first: number | null;
  readonly last: number | null;
  readonly events: number | null;
};

/** Finds one, in any database. */
export const holeSql = `
  with logs as (
    select room, min(seq) as first, max(seq) as last, count(*) as events from events group by room
  )
  select coalesce(rooms.room, logs.room) as room, rooms.seq, first, last, events
  from rooms full join logs on logs.room = rooms.room
  where rooms.seq is null or rooms.seq <> coalesce(last, 0) or events <> last - first + 1
  limit 1`;

export const holeText = ({ room, seq, first, last, events }: LogHole): string =>
  `a log with holes: ${room} ends at ${seq}, and has ${events ?? 0} events from ${first ?? 0} to ${last ?? 0}`;
