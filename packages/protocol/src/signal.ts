/** One change of who is there. `online` is how many people are online after it. */
export type PresenceChange =
  | {
      readonly change: 'joined';
      readonly nick: string;
      readonly session: string;
      readonly online: number;
    }
  | {
      readonly change: 'left';
      readonly nick: string;
      readonly session: string;
      readonly online: number;
      readonly reason?: string;
    }
  | {
      readonly change: 'renamed';
      readonly nick: string;
      readonly was: string;
      readonly session: string;
      readonly online: number;
    };

/** Unnumbered, kept nowhere, may be dropped. */
export type Signal =
  | {
      readonly type: 'presence';
      readonly room: string;
      /** In order; at most `limits.presenceNames`. */
      readonly changes: readonly PresenceChange[];
      /** How many more came and went than `changes` tells one by one. */
      readonly moreJoined: number;
      readonly moreLeft: number;
      /** People in the room after all of it. */
      readonly members: number;
      readonly online: number;
    }
  | {
      readonly type: 'typing';
      readonly room: string;
      readonly nick: string;
      readonly session: string;
    };
export type SignalOf<T extends Signal['type']> = Extract<Signal, { type: T }>;
