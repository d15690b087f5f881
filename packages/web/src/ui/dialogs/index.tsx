import { useApp } from '../app-context.ts';
import { FindDialog } from './find-dialog.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { RoomDialog } from './room-dialog.tsx';
import { RoomsDialog } from './rooms-dialog.tsx';
import { YouDialog } from './you-dialog.tsx';

/** What lies over the page, if anything. */
export const OpenDialog = () => {
  const { dialog, current } = useApp();
  const it = dialog.value;
  const open = current.value;
  switch (it.is) {
    case 'none':
      return null;
    case 'rooms':
      return <RoomsDialog />;
    case 'room':
      return open?.kind === 'room' ? <RoomDialog conversation={open} /> : null;
    case 'person':
      return <PersonDialog key={it.nick} nick={it.nick} />;
    case 'find':
      return <FindDialog words={it.words} />;
    case 'you':
      return <YouDialog />;
  }
};
