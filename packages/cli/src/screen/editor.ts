import { graphemes, graphemeWidth } from './cells.ts';

/** The line that is being written. */
export type Editor = {
  readonly before: string;
  /** What stands behind the cursor. */
  readonly after: string;
  /** What was cut last. */
  readonly cut: string;
  /** What was written before, the oldest first. */
  readonly history: readonly string[];
  /** Which of the history is shown, and what was being written when it was called up. */
  readonly recalled: { readonly index: number; readonly draft: string } | undefined;
};

const HISTORY = 100;

export const emptyEditor: Editor = {
  before: '',
  after: '',
  cut: '',
  history: [],
  recalled: undefined,
};

export const editorText = ({ before, after }: Editor): string => before + after;

const put = (editor: Editor, before: string, after: string): Editor => ({
  ...editor,
  before,
  after,
});

/** How much of a text its last grapheme is, or its last word with the spaces behind it. */
const lastOf = (text: string, unit: 'grapheme' | 'word'): number =>
  unit === 'grapheme'
    ? (graphemes(text).at(-1)?.length ?? 0)
    : (/[^\s]*\s*$/u.exec(text)?.[0].length ?? 0);

const firstOf = (text: string, unit: 'grapheme' | 'word'): number =>
  unit === 'grapheme'
    ? (graphemes(text)[0]?.length ?? 0)
    : (/^\s*[^\s]*/u.exec(text)?.[0].length ?? 0);

export type Unit = 'grapheme' | 'word' | 'line';

const backBy = (editor: Editor, unit: Unit): number =>
  unit === 'line' ? editor.before.length : lastOf(editor.before, unit);
const forwardBy = (editor: Editor, unit: Unit): number =>
  unit === 'line' ? editor.after.length : firstOf(editor.after, unit);

export const insert = (editor: Editor, text: string): Editor =>
  put(editor, editor.before + text, editor.after);

export const moveBack = (editor: Editor, unit: Unit): Editor => {
  const at = editor.before.length - backBy(editor, unit);
  return put(editor, editor.before.slice(0, at), editor.before.slice(at) + editor.after);
};

export const moveForward = (editor: Editor, unit: Unit): Editor => {
  const by = forwardBy(editor, unit);
  return put(editor, editor.before + editor.after.slice(0, by), editor.after.slice(by));
};

/** Words and lines that are taken away can be put back. */
const cutting = (editor: Editor, unit: Unit, text: string): Editor =>
  unit === 'grapheme' || text === '' ? editor : { ...editor, cut: text };

export const eraseBack = (editor: Editor, unit: Unit): Editor => {
  const at = editor.before.length - backBy(editor, unit);
  const erased = put(editor, editor.before.slice(0, at), editor.after);
  return cutting(erased, unit, editor.before.slice(at));
};

export const eraseForward = (editor: Editor, unit: Unit): Editor => {
  const by = forwardBy(editor, unit);
  const erased = put(editor, editor.before, editor.after.slice(by));
  return cutting(erased, unit, editor.after.slice(0, by));
};

export const putBack = (editor: Editor): Editor => insert(editor, editor.cut);

export const replace = (editor: Editor, text: string): Editor => put(editor, text, '');

/** What was written is said: the line is empty, and in the history. */
export const submit = (editor: Editor): Editor => {
  const text = editorText(editor);
  const history =
    text.trim() === '' || editor.history.at(-1) === text
      ? editor.history
      : [...editor.history, text].slice(-HISTORY);
  return { ...emptyEditor, cut: editor.cut, history };
};

/** Calls up what was written before (-1), or comes back from there (1). */
export const recall = (editor: Editor, step: -1 | 1): Editor => {
  const { history, recalled } = editor;
  const index = (recalled?.index ?? history.length) + step;
  const draft = recalled?.draft ?? editorText(editor);
  if (index < 0 || index > history.length) return editor;
  if (index === history.length) return { ...replace(editor, draft), recalled: undefined };
  return { ...replace(editor, history[index] ?? ''), recalled: { index, draft } };
};

/** Line ends are shown as a sign of their own, on one line. */
const shown = (text: string): string => text.replaceAll('\n', '⏎');

/** The part of the line that fits around the cursor, and the cursor's column in it. */
export const visible = (
  { before, after }: Editor,
  width: number,
): { readonly text: string; readonly column: number } => {
  const left = graphemes(shown(before));
  const right = graphemes(shown(after));
  // A cell is kept for the cursor at the end.
  const room = Math.max(1, width - 1);
  const text: string[] = [];
  let column = 0;
  for (const grapheme of left.toReversed()) {
    const cells = graphemeWidth(grapheme);
    if (column + cells > room) break;
    text.unshift(grapheme);
    column += cells;
  }
  let used = column;
  for (const grapheme of right) {
    used += graphemeWidth(grapheme);
    if (used > room) break;
    text.push(grapheme);
  }
  return { text: text.join(''), column };
};
