import { hueClass } from './hue.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const initial = (nick: string): string => {
  const [first] = segmenter.segment(nick);
  return first?.segment.toUpperCase() ?? '';
};

/** A person's initial on their colour. */
export const Avatar = ({ nick }: { nick: string }) => (
  <span class={`avatar ${hueClass(nick)}`} aria-hidden="true">
    {initial(nick)}
  </span>
);
