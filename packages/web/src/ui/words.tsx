import { linkify } from '../text/linkify.ts';

/** A text of somebody's, its web addresses made to follow. It stays text: nothing in it is markup. */
export const Words = ({ text }: { text: string }) => (
  <>
    {linkify(text).map(({ text: piece, href }) =>
      href === undefined ? (
        piece
      ) : (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
          {piece}
        </a>
      ),
    )}
  </>
);
