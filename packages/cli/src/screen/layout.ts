import {
  type Conversation,
  nickKey,
  type Outgoing,
  rowsOf,
  sameNick,
  unread,
} from '@partyline/client';
import { safeLine } from '../text/safe-text.ts';
import type { ScreenTexts } from '../text/screen-texts.ts';
import { day } from '../text/time.ts';
import { clip, fit, textWidth } from './cells.ts';
import { editorText, visible } from './editor.ts';
import { fitLine, type Line, type Span, span, spread } from './line.ts';
import { currentOf, type Model } from './model.ts';
import type { Screen } from './paint.ts';
import { type Looks, nickStyle, outgoingLines, rowLines } from './row-lines.ts';
import { type PlacedLine, topOf } from './scroll.ts';

/** Cells of a terminal. */
export type Size = { readonly columns: number; readonly rows: number };

const SIDE = 18;
const SIDE_FROM = 80;
const PEOPLE = 18;
const PEOPLE_FROM = 104;
/** Bar above, status and input below. */
const FRAME_ROWS = 3;
const LEAST: Size = { columns: 20, rows: 5 };
const DAY_MS = 86_400_000;

type Widths = { readonly side: number; readonly body: number; readonly people: number };

const widthsOf = ({ columns }: Size, open: Conversation | undefined): Widths => {
  const side = columns >= SIDE_FROM ? SIDE : 0;
  const people = columns >= PEOPLE_FROM && open?.kind === 'room' ? PEOPLE : 0;
  const rules = (side > 0 ? 1 : 0) + (people > 0 ? 1 : 0);
  return { side, people, body: columns - side - people - rules };
};

/** How many lines of a conversation are in view. */
export const bodyHeight = ({ rows }: Size): number => Math.max(1, rows - FRAME_ROWS);

/** Local midnight of a time, as the days of rows are told apart. */
const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

const dayText =
  (now: number, texts: ScreenTexts) =>
  (at: number): string => {
    if (at === dayOf(now)) return texts.today;
    return at === dayOf(dayOf(now) - DAY_MS / 2) ? texts.yesterday : day(at);
  };

const isOf =
  ({ kind, name }: Conversation) =>
  ({ to }: Outgoing): boolean =>
    kind === 'room' ? 'room' in to && to.room === name : 'nick' in to && sameNick(to.nick, name);

/** All lines of the conversation that is open, as far as they are here. */
export const conversationLines = (
  model: Model,
  size: Size,
  texts: ScreenTexts,
): readonly PlacedLine[] => {
  const open = currentOf(model);
  if (open === undefined) return [];
  const looks: Looks = {
    width: widthsOf(size, open).body,
    me: model.talk.me,
    texts,
    dayText: dayText(model.now, texts),
  };
  const place = (key: string, lines: readonly Line[]): readonly PlacedLine[] =>
    lines.map((line, index) => ({ line, key, index }));
  const quiet = (text: string): Line => [span(clip(` ${text}`, looks.width), 'quiet')];
  const { complete } = open.timeline;
  const top = open.loading ? [texts.loading] : complete ? [texts.begin] : [];
  const rows = rowsOf(open, dayOf);
  const said = model.line.outgoing.filter(isOf(open));
  return [
    ...place('top', top.map(quiet)),
    ...rows.flatMap((row) => place(row.key, rowLines(row, looks))),
    ...said.flatMap((it) => place(it.id, outgoingLines(it, looks))),
    ...(rows.length + said.length === 0 ? place('hint', [quiet(texts.hint)]) : []),
  ];
};

const nameOf = ({ kind, name }: Conversation): string =>
  `${kind === 'room' ? '#' : '@'}${safeLine(name)}`;

const titleBar = (model: Model, { columns }: Size, texts: ScreenTexts): Line => {
  const open = currentOf(model);
  const me = span(` ${safeLine(model.talk.me || model.line.nick)} `, 'barStrong');
  if (open === undefined) return spread([span(' Partyline', 'barStrong')], [me], columns, 'bar');
  const about = open.kind === 'room' ? open.topic : texts.privateWith(open.name);
  const count = open.kind === 'room' ? `${texts.people(open.memberCount)} · ` : '';
  const right = [span(` ${count}`, 'bar'), me];
  const room = columns - textWidth(nameOf(open)) - textWidth(count) - textWidth(me.text) - 6;
  const left = [
    span(` ${nameOf(open)}`, 'barStrong'),
    span(`  ${clip(safeLine(about), room)}`, 'bar'),
  ];
  return spread(left, right, columns, 'bar');
};

/** A conversation in a list, with the number of its news. */
const entry = (it: Conversation, isOpen: boolean): Span => {
  const news = unread(it);
  const count = news === 0 ? '' : ` ${news > 999 ? '999+' : news}`;
  const style = isOpen
    ? 'current'
    : news > 0
      ? it.kind === 'room'
        ? 'unread'
        : 'mention'
      : 'quiet';
  return span(` ${nameOf(it)}${count} `, style);
};

const sideLines = ({ talk }: Model, height: number): readonly Line[] => {
  const all = [...talk.conversations.values()];
  const at = all.findIndex(({ key }) => key === talk.current);
  const from = Math.max(0, Math.min(at - Math.floor(height / 2), all.length - height));
  return all.slice(from, from + height).map((it) => {
    const { text, style } = entry(it, it.key === talk.current);
    return [span(fit(text, SIDE), style)];
  });
};

const peopleLines = (open: Conversation, texts: ScreenTexts, height: number): readonly Line[] => {
  const members = open.members ?? [];
  const cut = members.length > height - 1 ? height - 2 : members.length;
  const lines = members.slice(0, cut).map((nick): Line => {
    const role = texts.roles[open.roles.get(nickKey(nick)) ?? 'member'];
    const isAway = open.away.has(nickKey(nick));
    const mark = isAway ? ` (${texts.away})` : role === '' ? '' : ` ${role}`;
    const name = clip(safeLine(nick), PEOPLE - 1);
    return [
      span(` ${name}`, isAway ? 'quiet' : nickStyle(nick)),
      span(clip(mark, PEOPLE - 1 - textWidth(name)), 'quiet'),
    ];
  });
  const head: Line = [span(` ${texts.people(open.memberCount)}`, 'quiet')];
  const more: Line[] = cut < members.length ? [[span(` … +${members.length - cut}`, 'quiet')]] : [];
  return [head, ...lines, ...more];
};

/** What the line is doing, if anything that one should know. */
const lineNotice = ({ line, where }: Model, texts: ScreenTexts): string | undefined => {
  const { phase } = line;
  switch (phase.is) {
    case 'in':
      return undefined;
    case 'out':
      return phase.reason?.message;
    case 'over':
      return `${phase.reason.message} ${texts.over}`;
    default:
      if (line.ticket === undefined)
        return phase.is === 'waiting' && phase.why !== undefined
          ? texts.retrying(phase.why)
          : texts.connecting(where);
      return line.outgoing.length === 0
        ? texts.reconnecting
        : `${texts.reconnecting} (${texts.unsent(line.outgoing.length)})`;
  }
};

const statusBar = (model: Model, size: Size, texts: ScreenTexts): Line => {
  const { talk, scroll, typing, where } = model;
  const open = currentOf(model);
  const notice = lineNotice(model, texts);
  if (notice !== undefined)
    return fitLine([span(` ${safeLine(notice)}`, 'barAlarm')], size.columns, 'bar');
  if (scroll.at === 'row' && open !== undefined) {
    const news = unread(open);
    const text = news > 0 ? texts.below(news) : texts.belowNone;
    return fitLine([span(` ${text}`, 'barAlarm')], size.columns, 'bar');
  }
  const right = [span(`${safeLine(where)} `, 'bar')];
  if (typing.length > 0)
    return spread([span(` ${safeLine(texts.typing(typing))}`, 'bar')], right, size.columns, 'bar');
  if (size.columns >= SIDE_FROM) return spread([], right, size.columns, 'bar');
  const tabs = [...talk.conversations.values()].map((it) => entry(it, it.key === talk.current));
  const bar = tabs.map(({ text, style }) => span(text, style === 'quiet' ? 'bar' : style));
  return fitLine(bar, size.columns, 'bar');
};

const inputLine = (
  { editor, prompt, talk }: Model,
  { columns }: Size,
): { readonly line: Line; readonly column: number } => {
  const label = clip(
    prompt === undefined ? `${safeLine(talk.me)} ` : `${safeLine(prompt)} `,
    columns - 8,
  );
  const before = textWidth(label) + 2;
  const { text, column } = visible(editor, columns - before);
  const isEmpty = editorText(editor) === '';
  const line = [span(label, 'mine'), span('› ', 'rule'), span(text, isEmpty ? 'quiet' : 'text')];
  return { line: fitLine(line, columns), column: before + column };
};

/** The whole screen for what there is to show. */
export const layout = (model: Model, size: Size, texts: ScreenTexts): Screen => {
  const { columns, rows } = size;
  if (columns < LEAST.columns || rows < LEAST.rows) {
    const lines = Array.from({ length: rows }, (_, row) =>
      fitLine([span(row === 0 ? texts.tooSmall : '', 'quiet')], columns),
    );
    return { lines, cursor: { row: 0, column: 0 } };
  }
  const open = currentOf(model);
  const height = bodyHeight(size);
  const { side, body, people } = widthsOf(size, open);
  const all = conversationLines(model, size, texts);
  const top = topOf(all, height, model.scroll);
  const inView = all.slice(top, top + height).map(({ line }) => line);
  // A short conversation stands at the bottom, where the next line will be.
  const blank = Array.from({ length: height - inView.length }, (): Line => []);
  const lines = [...blank, ...inView];
  const left = side > 0 ? sideLines(model, height) : [];
  const right = people > 0 && open !== undefined ? peopleLines(open, texts, height) : [];
  const rule = span('│', 'rule');
  const bodyLines = lines.map((line, row) => [
    ...(side > 0 ? [...fitLine(left[row] ?? [], side), rule] : []),
    ...fitLine(line, body),
    ...(people > 0 ? [rule, ...fitLine(right[row] ?? [], people)] : []),
  ]);
  const { line: input, column } = inputLine(model, size);
  return {
    lines: [titleBar(model, size, texts), ...bodyLines, statusBar(model, size, texts), input],
    cursor: { row: rows - 1, column: Math.min(column, columns - 1) },
  };
};
