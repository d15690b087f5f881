import { useApp } from './app-context.ts';
import { Chat } from './chat.tsx';
import { Welcome } from './welcome.tsx';

/** The page: the way in, or the conversations. */
export const Root = ({ name }: { name: string }) => {
  const { line, talk } = useApp();
  // What an earlier life of the page left is shown while the line comes up.
  const isIn = line.value.phase.is !== 'out' && talk.value.conversations.size > 0;
  return isIn ? <Chat name={name} /> : <Welcome name={name} />;
};
