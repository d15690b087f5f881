import { skeleton } from '@partyline/protocol';
import type { Transaction } from '../store/port.ts';
import type { SessionRow } from '../store/rows.ts';
import type { Loaded } from './loaded.ts';
import type { Needs } from './needs.ts';
import { found } from './rows.ts';

export type People = Pick<Loaded, 'persons' | 'names' | 'accountsByName' | 'accountsBySkeleton'> & {
  /** Sessions that were found on the way. */
  readonly others: readonly SessionRow[];
};

/** Who holds or owns nicks. */
export const loadNames = async (
  tx: Transaction,
  keys: ReadonlySet<string>,
): Promise<Pick<Loaded, 'names' | 'accountsByName'>> => {
  const [names, accounts] = await Promise.all([tx.names(keys), tx.accountsByName(keys)]);
  return {
    names: found(keys, names, (it) => it.nameKey),
    accountsByName: found(keys, accounts, (it) => it.nameKey),
  };
};

/** Who else is the same person, and who holds or owns the nicks in question. */
export const loadPeople = async (
  tx: Transaction,
  needs: Needs,
  sessions: readonly SessionRow[],
  accountNames: readonly string[],
): Promise<People> => {
  const persons = new Set([...needs.sessions, ...needs.accounts]);
  for (const it of sessions) persons.add(it.person);
  const samePersons = await tx.sessionsOfPersons(persons);
  const keys = new Set([...needs.names, ...accountNames]);
  const looks = new Set(needs.skeletons);
  for (const it of [...sessions, ...samePersons]) {
    keys.add(it.nameKey);
    looks.add(skeleton(it.nick));
  }
  const [{ names, accountsByName }, lookalikes] = await Promise.all([
    loadNames(tx, keys),
    tx.accountsBySkeleton(looks),
  ]);
  const alike = Map.groupBy(lookalikes, (it) => it.skeleton);

  const reached = new Set(
    [...needs.privates, ...needs.deeds].flatMap(
      ({ nameKey = '' }) =>
        names.get(nameKey)?.person ?? accountsByName.get(nameKey)?.account ?? [],
    ),
  ).difference(persons);
  const receivers = await tx.sessionsOfPersons(reached);
  const others = [...samePersons, ...receivers];
  const byPerson = Map.groupBy(others, (it) => it.person);
  const ids = Array.from(
    [...persons, ...reached],
    (person) => [person, (byPerson.get(person) ?? []).map((it) => it.session)] as const,
  );
  const accountsBySkeleton = new Map(Array.from(looks, (it) => [it, alike.get(it) ?? []]));
  return { persons: new Map(ids), names, accountsByName, accountsBySkeleton, others };
};

export const nobody: Omit<People, 'names' | 'accountsByName'> = {
  ...{ persons: new Map(), accountsBySkeleton: new Map(), others: [] },
};
