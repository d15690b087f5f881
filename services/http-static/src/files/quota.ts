import { type Problem, problem } from '@partyline/protocol';

export type QuotaLimits = {
  /** One file. */
  readonly fileBytes: number;
  /** All files of one place, which is where they came from. */
  readonly placeBytes: number;
  readonly totalBytes: number;
};

/** How much is shared, by whom. */
export class Quota {
  readonly #limits: QuotaLimits;
  readonly #places = new Map<string, number>();
  #total = 0;
  #changes = 0;

  constructor(limits: QuotaLimits) {
    this.#limits = limits;
  }

  get totalBytes(): number {
    return this.#total;
  }

  /** Why a file of that size can't be taken, if it can't. */
  refusal(place: string, fileBytes: number, moreBytes = fileBytes): Problem | undefined {
    const { fileBytes: file, placeBytes, totalBytes } = this.#limits;
    if (fileBytes > file) return problem('file-too-large', { limit: file });
    if ((this.#places.get(place) ?? 0) + moreBytes > placeBytes)
      return problem('files-too-many', { limit: placeBytes });
    return this.#total + moreBytes > totalBytes ? problem('files-full') : undefined;
  }

  /** How often it changed. */
  get changes(): number {
    return this.#changes;
  }

  /** It was counted anew. */
  replace(places: ReadonlyMap<string, number>): void {
    this.#places.clear();
    this.#total = 0;
    for (const [place, bytes] of places) this.add(place, bytes);
  }

  add(place: string, bytes: number): void {
    this.#changes += 1;
    const sum = (this.#places.get(place) ?? 0) + bytes;
    if (sum > 0) this.#places.set(place, sum);
    else this.#places.delete(place);
    this.#total += bytes;
  }
}
