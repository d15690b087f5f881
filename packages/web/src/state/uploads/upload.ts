/** How far a file has come. */
export type UploadState =
  /** Others are before it. */
  | { readonly is: 'waiting' }
  /** On its way: so many bytes of it have arrived, as far as is known. */
  | { readonly is: 'sending'; readonly sent: number }
  /** The line or the network is away; it goes on by itself. */
  | { readonly is: 'paused'; readonly sent: number }
  /** It is there whole, and the conversation is about to be told. */
  | { readonly is: 'telling' }
  /** It was told. */
  | { readonly is: 'done' }
  /** It is not taken; `message` says why. */
  | { readonly is: 'refused'; readonly message: string };

/** A file on its way into a conversation. */
export type Upload = {
  readonly id: string;
  /** The conversation's key. */
  readonly key: string;
  readonly name: string;
  readonly bytes: number;
  /** Where the page has its picture, when it is one. */
  readonly picture: string | undefined;
  readonly state: UploadState;
};
