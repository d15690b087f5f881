import type { DnsRecord } from './message.ts';

/** Aliases that are followed; resolvers give up at about as many. */
const LONGEST = 16;

/** Where a name leads by aliases (CNAME), and the records that are there. */
export type Chain = {
  /** Each name that the one before it is an alias of; empty when the name is none. */
  readonly aliases: readonly string[];
  /** The records of the type that was asked for, of the last name. */
  readonly records: readonly DnsRecord[];
  /** The aliases lead back to themselves, or never end. */
  readonly endless: boolean;
};

/** Follows a name through the records of an answer. Records that it does not lead to are none of its answer. */
export const follow = (name: string, type: string, records: readonly DnsRecord[]): Chain => {
  const aliases: string[] = [];
  for (;;) {
    const at = aliases.at(-1) ?? name;
    const found = records.filter((it) => it.name === at && it.type === type);
    const next = records.find((it) => it.name === at && it.type === 'CNAME');
    if (found.length > 0 || next === undefined) return { aliases, records: found, endless: false };
    const target = String(next.data).toLowerCase();
    if (target === name || aliases.includes(target) || aliases.length === LONGEST)
      return { aliases, records: [], endless: true };
    aliases.push(target);
  }
};
