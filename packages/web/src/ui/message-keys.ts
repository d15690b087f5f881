/** The messages of a list, in order. */
const messagesIn = (list: HTMLElement): readonly HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('.message:not(.pending)'),
];

/** Goes through the messages of a list by keys: arrows from one to the next, Enter to what can be done. */
export const onMessageKey = (event: KeyboardEvent): void => {
  const list = event.currentTarget as HTMLElement;
  const target = event.target as HTMLElement;
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (target !== list && !target.classList.contains('message')) return;
  if (event.key === 'Enter' && target !== list) {
    event.preventDefault();
    const details = target.querySelector<HTMLDetailsElement>('details.actions');
    if (details === null) return;
    details.open = true;
    details.querySelector<HTMLElement>('button')?.focus();
  }
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const messages = messagesIn(list);
  const at = messages.indexOf(target);
  const next = event.key === 'ArrowUp' ? (at === -1 ? messages.length : at) - 1 : at + 1;
  if (at === -1 && event.key === 'ArrowDown') return;
  event.preventDefault();
  const message = messages[next];
  message?.focus({ preventScroll: true });
  message?.scrollIntoView({ block: 'nearest' });
};
