import { CommandInfo, isProblem, type Problem, problem } from '@partyline/protocol';
import { sendProblem } from '@partyline/service';
import { Type } from 'typebox';
import { infoOf } from '../hooks/commands/caller.ts';
import { destination } from '../hooks/outgoing/destination.ts';
import { newSecret } from '../hooks/outgoing/signature.ts';
import type { CalledCommand } from '../people/bot.ts';
import type { AccountRow } from '../store/rows.ts';
import { type Api, Milliseconds, refusals } from './api.ts';
import { Done, done } from './done.ts';
import { Next, pageAmong, pageQuery } from './paging.ts';
import type { AdminParts } from './parts.ts';
import { recruit } from './recruit.ts';
import { RoomNames, roomNames } from './room-names.ts';

const example = {
  ...{ name: 'deploy', usage: 'SERVICE', about: 'deploys a service', nick: 'deployer' },
  ...{ url: 'https://example.org/deploy', rooms: ['ops'], createdAt: 1_700_000_000_000 },
};

const { name, usage, about } = CommandInfo.properties;
const Command = Type.Object(
  {
    ...{ name, usage, about },
    nick: Type.String({ description: 'The nick that its answers are said under' }),
    url: Type.String(),
    rooms: Type.Array(Type.String()),
    createdAt: Milliseconds('When it was made'),
  },
  { examples: [example] },
);
const Name = Type.Object({ name: Type.String({ maxLength: 64, examples: ['deploy'] }) });

/** A bot that is spoken for by what its command is answered with. */
type Commander = { readonly account: AccountRow; readonly command: CalledCommand };

const commandersOf = (bots: readonly AccountRow[]): readonly Commander[] =>
  bots.flatMap((account) =>
    account.bot?.use === 'command' ? { account, command: account.bot.command } : [],
  );

const commandShown = ({ account: { nick, bot, createdAt }, command }: Commander) => ({
  ...{ ...infoOf(command), nick, url: command.url, rooms: [...(bot?.rooms ?? [])], createdAt },
});

/** Slash commands for which URLs are called; what is answered is said in the room. */
export const commands = (api: Api, { perform, read, mayReach }: AdminParts): void => {
  const called = async (command: string): Promise<Commander | Problem> =>
    commandersOf(await read.bots()).find((it) => it.command.name === command) ??
    problem('webhook-unknown');
  const show = async (command: string) => {
    const found = await called(command);
    return isProblem(found) ? found : commandShown(found);
  };

  api.get(
    '/v1/commands',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'commands.list',
        summary: 'Slash commands for which URLs are called, by name',
        querystring: Type.Object(pageQuery()),
        response: {
          200: Type.Object(
            { next: Next, commands: Type.Array(Command) },
            { examples: [{ commands: [example] }] },
          ),
          ...refusals,
        },
      },
    },
    async ({ query }) => {
      const all = commandersOf(await read.bots());
      const { page, ...next } = pageAmong(all, query, (it) => it.command.name);
      return { ...next, commands: page.map(commandShown) };
    },
  );

  api.get(
    '/v1/commands/:name',
    {
      config: { scope: 'read' },
      schema: {
        operationId: 'commands.get',
        summary: 'One of them',
        params: Name,
        response: { 200: Command, ...refusals },
      },
    },
    async (request, reply) => {
      const found = await show(request.params.name);
      return isProblem(found) ? sendProblem(reply, found) : found;
    },
  );

  api.post(
    '/v1/commands',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'commands.make',
        summary:
          'Has a URL called when a slash command is used; its signing secret is told this once',
        body: Type.Object(
          {
            ...{ name, usage, about },
            nick: Type.Optional(
              Type.String({ description: 'What its answers are said under; else its name' }),
            ),
            ...{ url: Type.String(), rooms: RoomNames },
          },
          { examples: [{ name: 'deploy', url: example.url, rooms: ['ops'] }] },
        ),
        response: {
          200: Type.Object(
            { command: Command, secret: Type.String() },
            { examples: [{ command: example, secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZg==' }] },
          ),
          ...refusals,
        },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { url: asked, rooms: names, nick = request.body.name, ...info } = request.body;
        const url = destination(asked, mayReach);
        if ('code' in url) return url;
        const rooms = roomNames(names);
        if (isProblem(rooms)) return rooms;
        const served = (await read.instanceRows()).some((it) =>
          it.commands.some((own) => own.name === info.name),
        );
        if (served || !isProblem(await called(info.name)))
          return problem('command-taken', { name: info.name });
        const command: CalledCommand = { ...info, url: url.href, secret: newSecret() };
        const made = await recruit(read, nick, {
          ...{ use: 'command', command, scopes: ['say', 'commands'], rooms, until: null },
        });
        if (isProblem(made)) return made;
        const { account } = made;
        return {
          work: { type: 'employ', account },
          answer: () => ({ command: commandShown({ account, command }), secret: command.secret }),
        };
      }),
  );

  api.delete(
    '/v1/commands/:name',
    {
      config: { scope: 'admin' },
      schema: {
        operationId: 'commands.drop',
        summary:
          'Has a URL called no more: its command is nobody’s, the nick of its answers is free',
        params: Name,
        response: { 200: Done, ...refusals },
      },
    },
    (request, reply) =>
      perform(request, reply, async () => {
        const { name: command } = request.params;
        const found = await called(command);
        if (isProblem(found)) return found;
        return {
          work: { type: 'dismiss', account: found.account.account },
          ...{ shown: () => show(command), answer: () => done },
        };
      }),
  );
};
