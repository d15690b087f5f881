import type { BanRow } from '../../store/moderation/rows.ts';
import type { SessionRow } from '../../store/rows.ts';
import { Unloaded } from '../rows.ts';
import { within } from './subject.ts';

const ADDRESS = 'address:';
const rangeOf = ({ subject }: BanRow): string => subject.slice(ADDRESS.length);
const isOfAddress = ({ subject }: BanRow): boolean => subject.startsWith(ADDRESS);

/** Whom a ban may keep out. */
export type Guest = Pick<SessionRow, 'session' | 'person' | 'nameKey' | 'address'>;

/** By what somebody is known to a ban that isn't of an address. */
const isOf = (ban: BanRow, { session, person, nameKey }: Guest): boolean =>
  ban.subject === `nick:${nameKey}` || ban.person === person || ban.person === session;

/** Bans by room: as found, and over them what a batch made of them. */
export class Bans {
  readonly #found: ReadonlyMap<string, readonly BanRow[]>;
  readonly #changed = new Map<string, Map<string, BanRow>>();
  readonly #ranges = new Map<string, (address: string) => boolean>();

  constructor(found: ReadonlyMap<string, readonly BanRow[]>) {
    this.#found = found;
  }

  /** The bans of a room. Throws Unloaded for one that nobody asked the store for. */
  of(room: string): readonly BanRow[] {
    const changed = this.#changed.get(room);
    if (changed !== undefined) return [...changed.values()];
    const found = this.#found.get(room);
    if (found === undefined) throw new Unloaded(room);
    return found;
  }

  /** A ban of a room that holds for somebody at that time. */
  holding(room: string, who: Guest, now: number): BanRow | undefined {
    const all = this.of(room);
    if (all.length === 0) return undefined;
    const { address } = who;
    const isInRange = address !== null && this.#isInRange(room, address);
    return all.find(
      (it) =>
        (it.until === null || it.until > now) &&
        (isOfAddress(it)
          ? isInRange && address !== null && within([rangeOf(it)])(address)
          : isOf(it, who)),
    );
  }

  put(row: BanRow): void {
    this.#own(row.room).set(row.subject, row);
  }

  drop(room: string, subject: string): void {
    this.#own(room).delete(subject);
  }

  changes(): { readonly put: readonly BanRow[]; readonly drop: readonly BanRow[] } {
    const put: BanRow[] = [];
    const drop: BanRow[] = [];
    for (const [room, bans] of this.#changed) {
      const found = this.#found.get(room) ?? [];
      put.push(...[...bans.values()].filter((it) => !found.includes(it)));
      drop.push(...found.filter((it) => !bans.has(it.subject)));
    }
    return { put, drop };
  }

  /** All ranges of a room at once: most addresses are in none, and are asked for once. */
  #isInRange(room: string, address: string): boolean {
    const known = this.#ranges.get(room) ?? within(this.of(room).filter(isOfAddress).map(rangeOf));
    this.#ranges.set(room, known);
    return known(address);
  }

  #own(room: string): Map<string, BanRow> {
    const own =
      this.#changed.get(room) ?? new Map(this.of(room).map((it) => [it.subject, it] as const));
    this.#changed.set(room, own);
    this.#ranges.delete(room);
    return own;
  }
}
