import { useApp } from './app-context.ts';
import { Chat } from './chat.tsx';
import { Welcome } from './welcome.tsx';

/** The page: the way in, or the conversations. */
export const Root = ({ name }: { name: string }) => {
  const { line, talk } = useApp();
  const isIn = line.value.phase.is !== 'out' && talk.value.session !== '';
  return isIn ? <Chat name={name} /> : <Welcome name={name} />;
};
