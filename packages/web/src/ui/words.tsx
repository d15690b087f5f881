import '@partyline/markup/words.css';
import { type Inline, readLine, readMarkup } from '@partyline/markup';

const Link = ({ href, text }: { href: string; text: string }) => (
  <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
    {text}
  </a>
);

const Stretch = ({ content }: { content: readonly Inline[] }) => (
  <>
    {content.map((it) => (
      <Marked it={it} />
    ))}
  </>
);

const Marked = ({ it }: { it: Inline }) => {
  switch (it.is) {
    case 'text':
      return <>{it.text}</>;
    case 'link':
      return <Link href={it.href} text={it.text} />;
    case 'code':
      return <code>{it.text}</code>;
    case 'strong':
    case 'em':
    case 'del': {
      const Mark = it.is;
      return (
        <Mark>
          <Stretch content={it.content} />
        </Mark>
      );
    }
  }
};

/** A text of somebody's on one line, its web addresses made to follow. It stays text. */
export const Line = ({ text }: { text: string }) => <Stretch content={readLine(text)} />;

/** A text of somebody's, with what they marked in it. Nothing else in it is markup. */
export const Words = ({ text }: { text: string }) => (
  <>
    {readMarkup(text).map((block) => {
      if (block.is === 'code')
        return (
          <pre class="code" data-language={block.language}>
            <code>{block.text}</code>
          </pre>
        );
      const content = <Stretch content={block.content} />;
      return block.is === 'quote' ? <blockquote>{content}</blockquote> : <span>{content}</span>;
    })}
  </>
);
