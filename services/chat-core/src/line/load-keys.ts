import { pairRoom } from '@partyline/protocol';
import type { InvitationKey, MarkerKey } from '../store/port.ts';
import type { InstanceRow, PublishKey, RoomRow, SessionRow } from '../store/rows.ts';
import { OPERATOR } from './draft.ts';
import type { People } from './load-people.ts';
import type { Needs } from './needs.ts';
import type { Found } from './rows.ts';

type PersonOf = (session: string) => string;

/** As whom a session's publishes may be in the log: as its person's, or as those of the guest it was. */
const personsOf = (session: string, personOf: PersonOf): readonly string[] => {
  const person = personOf(session);
  return person === session ? [session] : [person, session];
};

/** The room of each private publish, as far as its nick reaches somebody. */
export const pairsOf = ({ privates }: Needs, people: People, personOf: PersonOf) => {
  const receiverOf = (nameKey: string): string | undefined =>
    people.names.get(nameKey)?.person ?? people.accountsByName.get(nameKey)?.account;
  return privates.flatMap(({ session, nameKey, id, ref, reaction }) => {
    const receiver = receiverOf(nameKey);
    if (receiver === undefined) return [];
    return personsOf(session, personOf).map((person) => ({
      ...{ room: pairRoom(person, receiver), session, id, ref },
      ...(reaction !== undefined && { reaction }),
    }));
  });
};
type Pair = ReturnType<typeof pairsOf>[number];

/** The publishes that may be in the log already. */
export const publishKeys = (
  needs: Needs,
  instances: Found<InstanceRow>,
  pairs: readonly Pair[],
  personOf: PersonOf,
): PublishKey[] => {
  const kindOf = (instance: string): string => instances.get(instance)?.kind ?? OPERATOR;
  return [
    ...needs.publishes.flatMap(({ room, id, by }) => {
      if ('person' in by) return { room, id, person: by.person };
      if ('instance' in by) return { room, id, person: kindOf(by.instance) };
      return personsOf(by.session, personOf).map((person) => ({ room, id, person }));
    }),
    ...pairs.flatMap(({ room, session, id }) =>
      personsOf(session, personOf).map((person) => ({ room, person, id })),
    ),
  ];
};

/** What accounts may have marked of where they say how far they have read, and of logs that two share. */
export const marksOf = (
  { marks }: Needs,
  pairs: readonly Pair[],
  sessions: Found<SessionRow>,
): MarkerKey[] =>
  [...marks, ...pairs].flatMap(({ room, session }) => {
    const account = sessions.get(session)?.account ?? null;
    return account === null ? [] : [{ room, account }];
  });

/** Who may be invited where: those who want into private rooms or back there, and those to be invited. */
export const invitationKeys = (
  needs: Needs,
  sessions: Found<SessionRow>,
  rooms: Found<RoomRow>,
  returning: readonly SessionRow[],
  people: People,
): InvitationKey[] => {
  const entrances = [
    ...needs.entrances,
    ...returning.flatMap(({ session, rooms: saved }) =>
      Object.keys(saved ?? {}).map((room) => ({ room, session })),
    ),
  ];
  return [
    ...entrances
      .filter(({ room }) => rooms.get(room)?.visibility === 'private')
      .flatMap(({ room, session }) => [
        { room, person: session },
        { room, person: sessions.get(session)?.person ?? session },
      ]),
    ...needs.invitations.flatMap(({ room, nameKey }) => {
      const person = people.names.get(nameKey)?.person;
      const account = people.accountsByName.get(nameKey)?.account;
      const theirs = people.others.filter((it) => it.person === person || it.person === account);
      return [person, account, ...theirs.map((it) => it.session)].flatMap((it) =>
        it === undefined ? [] : { room, person: it },
      );
    }),
  ];
};
