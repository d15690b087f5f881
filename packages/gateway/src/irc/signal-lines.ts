import type { PresenceChange, Signal } from '@partyline/protocol';
import type { Capabilities } from './capabilities.ts';
import { deedLines } from './mode-lines.ts';
import { accountName, channelOf, HOST, ircNick, prefixOf } from './names.ts';
import type { Texts } from './texts.ts';
import type { Line } from './wire/line.ts';

/** Lines of one change. Those of a person are told in every room, and shown once. */
export type ChangeLines = {
  readonly change?: PresenceChange;
  readonly lines: readonly Line[];
};

const joinLine = (
  { nick, accountNick, realName = ircNick(nick) }: PresenceChange,
  room: string,
  caps: Capabilities,
): Line => ({
  source: prefixOf(nick),
  command: 'JOIN',
  params: caps.has('extended-join')
    ? [channelOf(room), accountName(accountNick), realName]
    : [channelOf(room)],
});

const leftLine = (
  it: Extract<PresenceChange, { change: 'left' }>,
  room: string,
  texts: Texts,
): Line => {
  const source = prefixOf(it.nick);
  const reason = it.reason === undefined ? [] : [it.reason];
  switch (it.how) {
    case 'quit':
      return { source, command: 'QUIT', params: reason.map(texts.quit) };
    case 'removed':
      return {
        ...(it.by !== undefined && { source: prefixOf(it.by) }),
        command: 'KICK',
        params: [channelOf(room), ircNick(it.nick), ...reason],
      };
    default:
      return { source, command: 'PART', params: [channelOf(room), ...reason] };
  }
};

const changeLines = (
  it: PresenceChange,
  room: string,
  caps: Capabilities,
  texts: Texts,
): readonly Line[] => {
  const source = prefixOf(it.nick);
  switch (it.change) {
    case 'joined':
      return [joinLine(it, room, caps)];
    case 'left':
      return [leftLine(it, room, texts)];
    case 'renamed':
      return [
        { source: prefixOf(it.was), command: 'NICK', params: [ircNick(it.nick)] },
        ...(caps.has('chghost')
          ? [
              {
                source: `${ircNick(it.nick)}!${ircNick(it.was)}@${HOST}`,
                ...{ command: 'CHGHOST', params: [ircNick(it.nick), HOST] },
              },
            ]
          : []),
      ];
    case 'described':
      return caps.has('setname')
        ? [{ source, command: 'SETNAME', params: [it.realName ?? ircNick(it.nick)] }]
        : [];
    case 'identified':
      return caps.has('account-notify')
        ? [{ source, command: 'ACCOUNT', params: [accountName(it.accountNick)] }]
        : [];
    case 'away':
      return caps.has('away-notify')
        ? [{ source, command: 'AWAY', params: [it.text ?? texts.away] }]
        : [];
    case 'back':
      return caps.has('away-notify') ? [{ source, command: 'AWAY', params: [] }] : [];
  }
};

/** What a signal is told as, change by change. */
export const signalLines = (
  signal: Signal,
  caps: Capabilities,
  texts: Texts,
): readonly ChangeLines[] => {
  const { room } = signal;
  if (signal.type === 'typing')
    return caps.has('message-tags')
      ? [
          {
            lines: [
              {
                tags: { '+typing': signal.stopped ? 'done' : 'active' },
                source: prefixOf(signal.nick),
                ...{ command: 'TAGMSG', params: [channelOf(room)] },
              },
            ],
          },
        ]
      : [];
  if (signal.type === 'deed') return [{ lines: deedLines(room, signal.by, signal.what, caps) }];
  const { changes, moreJoined, moreLeft } = signal;
  const told: ChangeLines[] = changes.map((change) => ({
    change,
    lines: changeLines(change, room, caps, texts),
  }));
  if (moreJoined + moreLeft > 0) {
    const params = [channelOf(room), texts.more(moreJoined, moreLeft)];
    told.push({ lines: [{ command: 'NOTICE', params }] });
  }
  return told;
};
