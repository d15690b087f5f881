import { fc, test as prop } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { graphemes, textWidth } from './cells.ts';
import * as editing from './editor.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', '\n', '好', '👩‍👩‍👧', 'e\u0301', '🇨🇳'),
  maxLength: 20,
});
const unit = fc.constantFrom<editing.Unit>('grapheme', 'word', 'line');
type Step = (editor: editing.Editor) => editing.Editor;
const step: fc.Arbitrary<Step> = fc.oneof(
  text.map(
    (it): Step =>
      (editor) =>
        editing.insert(editor, it),
  ),
  unit.map(
    (by): Step =>
      (editor) =>
        editing.moveBack(editor, by),
  ),
  unit.map(
    (by): Step =>
      (editor) =>
        editing.moveForward(editor, by),
  ),
  unit.map(
    (by): Step =>
      (editor) =>
        editing.eraseBack(editor, by),
  ),
  unit.map(
    (by): Step =>
      (editor) =>
        editing.eraseForward(editor, by),
  ),
  fc.constantFrom<Step>(editing.putBack, editing.submit),
  fc.constantFrom<-1 | 1>(-1, 1).map(
    (by): Step =>
      (editor) =>
        editing.recall(editor, by),
  ),
);
const after = (steps: readonly Step[]): editing.Editor =>
  steps.reduce((editor, it) => it(editor), editing.emptyEditor);

prop.prop([fc.array(step), fc.integer({ min: 2, max: 40 })])(
  'whatever is typed, the line fits, and the cursor stands in it',
  (steps, width) => {
    const { text: shown, column } = editing.visible(after(steps), width);
    expect(textWidth(shown)).toBeLessThan(width);
    expect(column).toBeLessThanOrEqual(textWidth(shown));
    expect(shown).not.toContain('\n');
  },
);

prop.prop([text, text, unit])('moving changes nothing but the cursor', (before, rest, by) => {
  const editor = { ...editing.emptyEditor, before, after: rest };
  for (const moved of [editing.moveBack(editor, by), editing.moveForward(editor, by)])
    expect(editing.editorText(moved)).toBe(before + rest);
});

prop.prop([text, unit])('what was cut can be put back', (it, by) => {
  const editor = { ...editing.emptyEditor, before: it };
  const erased = editing.eraseBack(editor, by);
  if (by !== 'grapheme') expect(editing.editorText(editing.putBack(erased))).toBe(it);
  else expect(graphemes(erased.before)).toEqual(graphemes(it).slice(0, -1));
});

test('what was written is called up again, and what is being written is not lost by it', () => {
  const said = ['one', 'two'].reduce(
    (editor, it) => editing.submit(editing.insert(editor, it)),
    editing.emptyEditor,
  );
  const draft = editing.insert(said, 'dra');
  const up = editing.recall(draft, -1);
  expect(editing.editorText(up)).toBe('two');
  expect(editing.editorText(editing.recall(editing.recall(up, -1), -1))).toBe('one');
  expect(editing.editorText(editing.recall(up, 1))).toBe('dra');
});
