import { nickKey } from '@partyline/protocol';
import { Interest } from './interest.ts';

/** Who came and went of those whom one instance monitors. */
export type Monitored = { readonly came: string[]; readonly went: string[] };

/** Which instances want to be told when somebody under a nick comes or goes, by the keys of nicks. */
export class Monitors {
  readonly #interest = new Interest();

  /** All that an instance monitors. */
  replace(instance: string, keys: readonly string[]): void {
    this.#interest.replace(instance, keys);
  }

  change(instance: string, add: readonly string[], remove: readonly string[]): void {
    this.#interest.change(instance, add, remove);
  }

  /** What each instance is to be told of who came, by their nicks, and went, by the keys of them. */
  of(came: readonly string[], went: readonly string[]): ReadonlyMap<string, Monitored> {
    const told = new Map<string, Monitored>();
    const note = (key: string, add: (it: Monitored) => void): void => {
      for (const instance of this.#interest.in(key)) {
        const it = told.get(instance) ?? { came: [], went: [] };
        told.set(instance, it);
        add(it);
      }
    };
    if (this.#interest.isEmpty) return told;
    for (const key of went) note(key, (it) => it.went.push(key));
    for (const nick of came) note(nickKey(nick), (it) => it.came.push(nick));
    return told;
  }
}
