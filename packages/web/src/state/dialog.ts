/** What lies over the page, if anything. */
export type Dialog =
  | { readonly is: 'none' }
  /** All rooms, to join one. */
  | { readonly is: 'rooms' }
  /** How the room that is open is run. */
  | { readonly is: 'room' }
  | { readonly is: 'person'; readonly nick: string }
  | { readonly is: 'find'; readonly words: string }
  /** Oneself and the page. */
  | { readonly is: 'you' };
