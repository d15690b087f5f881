import {
  type Change,
  type Marks,
  nickKey,
  type Outgoing,
  type Row,
  type ShownFrame,
  sameNick,
} from '@partyline/client';
import { safeLine, safeText } from '../text/safe-text.ts';
import type { ScreenTexts } from '../text/screen-texts.ts';
import { clock } from '../text/time.ts';
import { clip, fit, textWidth, wrap } from './cells.ts';
import { type Line, type Span, type Style, span } from './line.ts';

/** What rows are drawn for. */
export type Looks = {
  readonly width: number;
  /** The reader's nick. */
  readonly me: string;
  readonly texts: ScreenTexts;
  /** How a day is told, by any time of it. */
  readonly dayText: (day: number) => string;
};

/** With a cell on either side. */
const TIME_WIDTH = 7;
const WIDE = 70;
const HUES = 6;
/** Comings and goings told one by one. */
const MOST_CHANGES = 6;

const nickWidth = (width: number): number => (width >= WIDE ? 12 : 8);

/** What stands before the text of a row: time, name, and a rule. */
const gutter = (looks: Looks, time: string, name: Span): Line => {
  const width = nickWidth(looks.width);
  return [
    span(fit(` ${time}`, TIME_WIDTH), 'quiet'),
    span(fit(name.text, width, 'right'), name.style),
    span(' │ ', 'rule'),
  ];
};

const textCells = ({ width }: Looks): number => width - TIME_WIDTH - nickWidth(width) - 3;

export const nickStyle = (nick: string): Style => {
  let sum = 0;
  for (const character of nickKey(nick)) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return `nick${(sum % HUES) as 0 | 1 | 2 | 3 | 4 | 5}`;
};

/** A text below a gutter, which is empty from the second line on. */
const paragraph = (looks: Looks, time: string, name: Span, text: Line): readonly Line[] => {
  const style = text[0]?.style ?? 'text';
  const lines = wrap(text.map((it) => it.text).join(''), textCells(looks));
  return lines.map((line, index) => [
    ...(index === 0 ? gutter(looks, time, name) : gutter(looks, '', span(''))),
    span(line, style),
  ]);
};

const quietly = (looks: Looks, sign: string, text: string, style: Style = 'quiet') =>
  paragraph(looks, '', span(sign, style), [span(text, style)]);

/** A word in the middle of a rule across the screen. */
const ruled = ({ width }: Looks, text: string, style: Style): Line => {
  const word = clip(` ${text} `, width);
  const left = Math.max(0, Math.floor((width - textWidth(word)) / 2));
  const right = Math.max(0, width - textWidth(word) - left);
  return [span('─'.repeat(left), 'rule'), span(word, style), span('─'.repeat(right), 'rule')];
};

const changeTexts = (change: Change, texts: ScreenTexts): readonly string[] => {
  switch (change.change) {
    case 'joined':
      return [texts.joined(change.nick)];
    case 'left':
      return [texts.left(change.nick, change.reason ?? '')];
    case 'renamed':
      return [texts.renamed(change.was, change.nick)];
    case 'more':
      return [
        ...(change.joined > 0 ? [texts.moreJoined(change.joined)] : []),
        ...(change.left > 0 ? [texts.moreLeft(change.left)] : []),
      ];
  }
};

const isMentioned = (event: ShownFrame, me: string): boolean =>
  'mentions' in event && event.mentions?.some((it) => sameNick(it, me)) === true;

const eventLines = (
  event: ShownFrame,
  follows: boolean,
  marks: Marks | undefined,
  looks: Looks,
): readonly Line[] => {
  const { texts, me } = looks;
  const time = follows ? '' : clock(event.at);
  const nick = safeLine(event.type === 'p2p' ? event.from : event.nickname);
  if (event.type === 'topic') {
    const text = event.text === '' ? texts.topicCleared(nick) : texts.topicSet(nick, event.text);
    return paragraph(looks, time, span('*', 'quiet'), [span(safeLine(text), 'quiet')]);
  }
  const isMine = sameNick(nick, me);
  const style = isMine ? 'mine' : nickStyle(nick);
  const isAction = event.type === 'broadcast' && event.kind === 'action';
  const isGone = marks?.gone === true || event.message === '';
  const words = isGone ? texts.takenBack : safeText(marks?.edited ?? event.message);
  const text = `${isAction ? `${nick} ` : ''}${words}${
    !isGone && marks?.edited !== undefined ? ` ${texts.edited}` : ''
  }`;
  const name = isAction ? span('*', style) : span(follows ? '' : nick, style);
  const quiet = isGone || (event.type === 'broadcast' && event.kind === 'notice');
  const textStyle = quiet ? 'quiet' : !isMine && isMentioned(event, me) ? 'mention' : 'text';
  const cells = textCells(looks);
  const quote =
    event.quote === undefined
      ? []
      : [
          [
            ...gutter(looks, '', span('')),
            span(
              clip(`↳ ${safeLine(`${event.quote.nickname}: ${event.quote.message}`)}`, cells),
              'quiet',
            ),
          ],
        ];
  const reactions = isGone ? [] : (marks?.reactions ?? []);
  const reactionText = reactions
    .map(({ reaction, nicks }) => `${safeLine(reaction)} ${nicks.length}`)
    .join('  ');
  return [
    ...quote,
    ...paragraph(looks, time, name, [span(text, textStyle)]),
    ...(reactionText === ''
      ? []
      : [[...gutter(looks, '', span('')), span(clip(reactionText, cells), 'quiet')]]),
  ];
};

/** One row of a conversation as lines of the screen. */
export const rowLines = (row: Row, looks: Looks): readonly Line[] => {
  const { texts } = looks;
  switch (row.is) {
    case 'day':
      return [ruled(looks, looks.dayText(row.day), 'quiet')];
    case 'mark':
      return [ruled(looks, texts.news, 'unread')];
    case 'gap':
      return quietly(looks, '-', texts.gap);
    case 'note':
      return quietly(looks, '-', safeText(row.text), row.tone === 'error' ? 'error' : 'quiet');
    case 'presence': {
      const told = row.changes.slice(-MOST_CHANGES).flatMap((it) => changeTexts(it, texts));
      const earlier = row.changes.length > MOST_CHANGES ? ['…'] : [];
      return quietly(looks, '·', safeLine([...earlier, ...told].join(' · ')));
    }
    case 'event':
      return eventLines(row.event, row.follows, row.marks, looks);
  }
};

/** What was said and isn't in the log yet. */
export const outgoingLines = (message: Outgoing, looks: Looks): readonly Line[] => {
  const { texts, me } = looks;
  const refused = message.state.is === 'refused' ? message.state : undefined;
  const lines = paragraph(looks, '…', span(me, 'quiet'), [span(safeText(message.text), 'quiet')]);
  if (refused === undefined) return lines;
  const why = refused.code === 'unsure' ? texts.unsure : texts.notSent(refused.message);
  return [...lines, ...quietly(looks, '!', `${safeLine(why)} (${texts.again})`, 'error')];
};
