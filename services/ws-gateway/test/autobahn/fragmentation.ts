import { type Case, chopped, echo, ponged } from './case.ts';
import { type ClientFrame, more, ping, text } from './client-frame.ts';

const [one, two, three, four, five] = [1, 2, 3, 4, 5].map((it) => `fragment${it}`) as [
  ...[string, string, string, string, string],
];
const inTwo: readonly ClientFrame[] = [text(one, false), more(two, true)];
const wrong = { answers: [], failsWith: 1002 } as const;

/** Something that continues nothing, then a message. */
const continuesNothing = (fin: boolean): Omit<Case, 'id'> => ({
  about: `a continuation of nothing (FIN ${fin}), then text`,
  sends: [more('non-continuation payload', fin), text('Hello, world!')],
  ...wrong,
});

const twice = (fin: boolean): readonly ClientFrame[] => {
  const frames = [more(one, fin), text(two, false), more(three, true)];
  return [...frames, ...frames];
};

/** 5: fragmentation. */
export const fragmentationCases: readonly Case[] = [
  {
    ...{ id: '5.1', about: 'a ping in two fragments' },
    ...{ sends: [{ opcode: 9, payload: one, fin: false }, more(two, true)], ...wrong },
  },
  {
    ...{ id: '5.2', about: 'a pong in two fragments' },
    ...{ sends: [{ opcode: 10, payload: one, fin: false }, more(two, true)], ...wrong },
  },
  ...chopped(
    [{ about: 'text in two fragments', sends: inTwo, answers: [echo(one + two)] }],
    [['5.3'], ['5.4', 'frame'], ['5.5', 1]],
  ),
  ...chopped(
    [
      {
        about: 'text in two fragments, a ping between',
        sends: [text(one, false), ping('ping payload'), more(two, true)],
        answers: [ponged('ping payload'), echo(one + two)],
      },
    ],
    [['5.6'], ['5.7', 'frame'], ['5.8', 1]],
  ),
  ...chopped([continuesNothing(true)], [['5.9'], ['5.10', 'frame'], ['5.11', 1]]),
  ...chopped([continuesNothing(false)], [['5.12'], ['5.13', 'frame'], ['5.14', 1]]),
  {
    ...{ id: '5.15', about: 'text in two fragments, a continuation of nothing, text' },
    sends: [...inTwo, more(three, false), text(four)],
    ...{ answers: [echo(one + two)], failsWith: 1002 },
  },
  {
    ...{ id: '5.16', about: 'twice: a continuation of nothing (FIN false), text in two fragments' },
    ...{ sends: twice(false), ...wrong },
  },
  {
    ...{ id: '5.17', about: 'twice: a continuation of nothing (FIN true), text in two fragments' },
    ...{ sends: twice(true), ...wrong },
  },
  {
    ...{ id: '5.18', about: 'text in two fragments that both say text' },
    ...{ sends: [text(one, false), text(two)], ...wrong },
  },
  ...chopped(
    [
      {
        about: 'text in five fragments, pings between',
        sends: [
          ...[text(one, false), more(two, false), ping('pongme 1!')],
          ...[more(three, false), more(four, false), ping('pongme 2!'), more(five, true)],
        ],
        answers: [
          ...[ponged('pongme 1!'), ponged('pongme 2!')],
          echo(one + two + three + four + five),
        ],
      },
    ],
    [['5.19'], ['5.20', 'frame']],
  ),
];
