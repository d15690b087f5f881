/** A key as Node's readline reads it from the bytes of a terminal. */
export type Key = {
  readonly name?: string | undefined;
  readonly sequence?: string | undefined;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
  readonly shift?: boolean;
};

/** What a key asks for. */
export type Action =
  | { readonly do: 'insert'; readonly text: string }
  | { readonly do: 'submit' | 'complete' | 'completeBack' | 'putBack' | 'escape' }
  | {
      readonly do: 'move' | 'erase';
      readonly by: 'grapheme' | 'word' | 'line';
      readonly to: 'back' | 'forward';
    }
  | { readonly do: 'recall'; readonly step: -1 | 1 }
  | { readonly do: 'scroll'; readonly by: 'page' | 'line'; readonly to: 'back' | 'forward' }
  | { readonly do: 'scrollEnd' }
  | { readonly do: 'conversation'; readonly step: -1 | 1 }
  | { readonly do: 'conversationAt'; readonly index: number }
  | { readonly do: 'news' | 'repaint' | 'suspend' | 'leave' | 'leaveIfEmpty' };

const move = (by: 'grapheme' | 'word' | 'line', to: 'back' | 'forward'): Action => ({
  ...{ do: 'move', by, to },
});
const erase = (by: 'grapheme' | 'word' | 'line', to: 'back' | 'forward'): Action => ({
  ...{ do: 'erase', by, to },
});
const scroll = (by: 'page' | 'line', to: 'back' | 'forward'): Action => ({
  ...{ do: 'scroll', by, to },
});

/** Keys by modifiers and name: as in a shell where a shell has them. */
const keys: Readonly<Record<string, Action>> = {
  return: { do: 'submit' },
  enter: { do: 'submit' },
  'meta+return': { do: 'insert', text: '\n' },
  'meta+enter': { do: 'insert', text: '\n' },
  'ctrl+j': { do: 'insert', text: '\n' },
  tab: { do: 'complete' },
  'shift+tab': { do: 'completeBack' },
  escape: { do: 'escape' },
  left: move('grapheme', 'back'),
  right: move('grapheme', 'forward'),
  'ctrl+b': move('grapheme', 'back'),
  'ctrl+f': move('grapheme', 'forward'),
  'ctrl+left': move('word', 'back'),
  'ctrl+right': move('word', 'forward'),
  'meta+left': move('word', 'back'),
  'meta+right': move('word', 'forward'),
  'meta+b': move('word', 'back'),
  'meta+f': move('word', 'forward'),
  home: move('line', 'back'),
  'ctrl+a': move('line', 'back'),
  'ctrl+e': move('line', 'forward'),
  end: { do: 'scrollEnd' },
  backspace: erase('grapheme', 'back'),
  'ctrl+h': erase('grapheme', 'back'),
  delete: erase('grapheme', 'forward'),
  'ctrl+w': erase('word', 'back'),
  'meta+backspace': erase('word', 'back'),
  'meta+d': erase('word', 'forward'),
  'ctrl+u': erase('line', 'back'),
  'ctrl+k': erase('line', 'forward'),
  'ctrl+y': { do: 'putBack' },
  up: { do: 'recall', step: -1 },
  down: { do: 'recall', step: 1 },
  pageup: scroll('page', 'back'),
  pagedown: scroll('page', 'forward'),
  'shift+up': scroll('line', 'back'),
  'shift+down': scroll('line', 'forward'),
  'meta+up': { do: 'conversation', step: -1 },
  'meta+down': { do: 'conversation', step: 1 },
  'ctrl+p': { do: 'conversation', step: -1 },
  'ctrl+n': { do: 'conversation', step: 1 },
  'meta+a': { do: 'news' },
  'ctrl+l': { do: 'repaint' },
  'ctrl+z': { do: 'suspend' },
  'ctrl+c': { do: 'leave' },
  'ctrl+d': { do: 'leaveIfEmpty' },
};

const printable = /^[^\p{Cc}]+$/u;

/** What a key asks for; undefined when it means nothing here. */
export const actionOf = (text: string | undefined, key: Key): Action | undefined => {
  const { name = '', ctrl, meta, shift } = key;
  if (meta && /^[1-9]$/.test(name)) return { do: 'conversationAt', index: Number(name) - 1 };
  const modifiers = `${ctrl ? 'ctrl+' : ''}${meta ? 'meta+' : ''}${shift && name.length > 1 ? 'shift+' : ''}`;
  const known = `${modifiers}${name}`;
  const action = Object.hasOwn(keys, known) ? keys[known] : undefined;
  if (action !== undefined) return action;
  if (ctrl || meta || text === undefined || !printable.test(text)) return undefined;
  return { do: 'insert', text };
};
