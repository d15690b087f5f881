import type { Card } from '@partyline/client';
import { captionOf } from '../../text/said.ts';
import { DnsCard } from './dns-card.tsx';
import { DnsChangeCard } from './dns-change-card.tsx';
import { FileCard } from './file-card.tsx';

/** What a service said as more than text; nothing of a type that isn't known here. */
export const CardView = ({ card }: { card: Card }) => {
  switch (card.type) {
    case 'file':
      return <FileCard file={card.file} />;
    case 'dns':
      return <DnsCard report={card.report} />;
    case 'dns-change':
      return <DnsChangeCard change={card.change} />;
    default:
      return null;
  }
};

/** What of a text is left to say beside its card. */
export const textBeside = (text: string, card: Card | undefined): string => {
  switch (card?.type) {
    case 'file':
      return captionOf(text, card.file);
    case 'dns':
    case 'dns-change':
      return '';
    default:
      return text;
  }
};
