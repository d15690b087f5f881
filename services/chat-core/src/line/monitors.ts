import { nickKey } from '@partyline/protocol';

/** Who came and went of those whom one instance monitors. */
export type Monitored = { readonly came: string[]; readonly went: string[] };

/** Which instances want to be told when somebody under a nick comes or goes. Kept nowhere: they tell it again. */
export class Monitors {
  readonly #keys = new Map<string, Set<string>>();
  readonly #instances = new Map<string, Set<string>>();

  /** All that an instance monitors, by the keys of nicks. */
  replace(instance: string, keys: readonly string[]): void {
    this.change(instance, [], [...(this.#keys.get(instance) ?? [])]);
    this.change(instance, keys, []);
  }

  change(instance: string, add: readonly string[], remove: readonly string[]): void {
    const own = this.#keys.get(instance) ?? new Set();
    for (const key of add) {
      own.add(key);
      this.#instances.set(key, (this.#instances.get(key) ?? new Set()).add(instance));
    }
    for (const key of remove) {
      own.delete(key);
      const others = this.#instances.get(key);
      others?.delete(instance);
      if (others?.size === 0) this.#instances.delete(key);
    }
    if (own.size === 0) this.#keys.delete(instance);
    else this.#keys.set(instance, own);
  }

  /** What each instance is to be told of who came, by their nicks, and went, by the keys of them. */
  of(came: readonly string[], went: readonly string[]): ReadonlyMap<string, Monitored> {
    const told = new Map<string, Monitored>();
    const note = (key: string, add: (it: Monitored) => void): void => {
      for (const instance of this.#instances.get(key) ?? []) {
        const it = told.get(instance) ?? { came: [], went: [] };
        told.set(instance, it);
        add(it);
      }
    };
    if (this.#instances.size === 0) return told;
    for (const key of went) note(key, (it) => it.went.push(key));
    for (const nick of came) note(nickKey(nick), (it) => it.came.push(nick));
    return told;
  }
}
