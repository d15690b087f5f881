import { authorOf, isReference, sameNick } from '@partyline/client';
import { useSignal, useSignalEffect } from '@preact/signals';
import { t } from '../text/locale.ts';
import { saidText } from '../text/said.ts';
import { useApp } from './app-context.ts';

/** What is read aloud of a long text. */
const SPOKEN_CHARACTERS = 300;

/** Reads aloud what others say in the conversation that is open, and nothing that is loaded of its past. */
export const Announcer = () => {
  const app = useApp();
  const spoken = useSignal('');
  const last = useSignal({ key: '', seq: 0 });
  useSignalEffect(() => {
    const open = app.current.value;
    if (open === undefined) return;
    const { key, head, timeline } = open;
    const before = last.peek();
    last.value = { key, seq: head };
    if (before.key !== key || head !== before.seq + 1) return;
    const item = timeline.items.at(-1);
    if (item?.is !== 'event' || item.event.seq !== head || isReference(item.event)) return;
    const { event } = item;
    if (sameNick(authorOf(event), app.talk.peek().me) || event.type === 'topic') return;
    const text = saidText(event).slice(0, SPOKEN_CHARACTERS);
    spoken.value = t('heard', { nick: authorOf(event), text });
  });
  return (
    <p class="unseen" role="status">
      {spoken}
    </p>
  );
};
