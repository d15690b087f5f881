/** What a batch came to, for the other chat-cores on the same database. */
export type Tale = {
  readonly text: string;
  /** Instances whose stream it began here, and those that have none here any more. */
  readonly opened: readonly string[];
  readonly closed: readonly string[];
  /** Whether anything is lost when a crash of the database loses it. */
  readonly isDurable: boolean;
};

/** What a chat-core hears of the others. */
export type Heard = {
  /** The database's clock, by which all go: milliseconds since the Unix epoch. */
  readonly now: number;
  /** Instances whose stream is at another chat-core. */
  readonly attached: readonly string[];
  /**
   * Texts of tales that this core has not taken in, batches that depend on each other in the order
   * in which they were committed: the others', and its own when it never learned whether they were.
   */
  readonly texts: readonly string[];
  readonly isMore: boolean;
  /** Some may be gone already: this core heard nothing for longer than they are kept. */
  readonly isGap: boolean;
  /** They have been taken in. */
  take(): void;
};

/** The other chat-cores, as one transaction hears of them and tells them. */
export interface PeersInTransaction {
  /** All that was committed before, of what this transaction depends on. */
  hear(): Promise<Heard>;
  /** The others hear of it once the transaction is committed. */
  tell(tale: Tale): Promise<void>;
}

/** What a sign of life tells. */
export type Beat = {
  /** This core does what one core does for all. */
  readonly leads: boolean;
  /** Nobody had given one for as long as it holds, this core neither. */
  readonly wasNobody: boolean;
};

/** The other chat-cores on the same database. */
export interface Peers {
  hear(): Promise<Heard>;
  /** Gives a sign of life, which holds for a while. */
  beat(): Promise<Beat>;
  /** Puts up a text about this core, in the place of the last one. */
  post(text: string): Promise<void>;
  /** What the other living cores have put up. */
  boards(): Promise<readonly string[]>;
  /** Has `wake` called when another core may have told something. */
  onTold(wake: () => void): void;
}
