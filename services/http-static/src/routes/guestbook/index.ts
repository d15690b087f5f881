import { isUtf8 } from 'node:buffer';
import type { Bus } from '@partyline/bus';
import type { Renderer } from '@partyline/gateway';
import {
  cleanText,
  isProblem,
  LOBBY,
  limits,
  nickProblem,
  type Problem,
  problem,
  problems,
  problemText,
  textProblem,
} from '@partyline/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AnswerProblem } from '../../answers/problem.ts';
import { GUESTBOOK, type Reads } from '../../line/reads.ts';
import type { Said, Speaker } from '../../line/speaker.ts';
import { entriesOf } from '../../pages/entries.ts';
import type { Pages } from '../../pages/pages.ts';
import type { Floods } from '../../visitors/floods.ts';
import { visitorOf } from '../../visitors/visitor.ts';
import { takeBytes } from '../room/said.ts';
import type { FormTokens } from './form-token.ts';

export type GuestbookParts = {
  readonly reads: Reads;
  readonly speaker: Speaker;
  /** Tells the lobby of an entry, under the guestbook's own name. */
  readonly announce: (text: string, id: string) => Promise<unknown>;
  readonly tokens: FormTokens;
  readonly floods: Floods;
  readonly pages: Pages;
  readonly words: Renderer;
  readonly answerProblem: AnswerProblem;
};

/** Says something in the lobby under the guestbook's name. */
export const announcer =
  (line: Pick<Bus, 'publish'>, instance: string, nick: string) =>
  (text: string, id: string): Promise<unknown> =>
    line.publish({ id, session: instance, command: { type: 'announce', room: LOBBY, nick, text } });

const PAGE_ENTRIES = 20;

type Given = { readonly name: string; readonly message: string };
type Show = FastifyRequest<{ Querystring: { before?: string; said?: string } }>;
type Sign = FastifyRequest<{ Body: Buffer | undefined }>;

const numberIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

const hasMore = (text: string, codePoints: number): boolean => [...text].length > codePoints;

/**
 * `/guestbook` (留言本): a form that works without scripts, and the entries, newest first. An entry
 * is an event of the room `guestbook`, and is told in the lobby.
 */
export const guestbookRoute = (site: FastifyInstance, parts: GuestbookParts): void => {
  const { reads, speaker, announce, tokens, floods, pages, words, answerProblem } = parts;
  const { texts, locale } = pages;

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    how: {
      readonly before?: number | undefined;
      readonly said?: number | undefined;
      readonly given?: Given;
      readonly refused?: { readonly text: string; readonly status: number };
    },
  ): Promise<FastifyReply> => {
    const { before = Number.MAX_SAFE_INTEGER, said, given, refused } = how;
    const page = await reads.events(GUESTBOOK, { before, limit: PAGE_ENTRIES });
    if (isProblem(page)) return answerProblem(request, reply, page);
    const first = page.events.at(0)?.seq ?? 0;
    const view = {
      ...{ title: texts.guestbook, at: '/guestbook', path: '/guestbook' },
      entries: entriesOf(page.events, words).toReversed(),
      older: first > page.first && first > 0 ? `/guestbook?before=${first}` : undefined,
      newer: undefined,
      ...{ said, limit: limits.guestbookCodePoints, problem: refused?.text },
      given: given ?? { name: '', message: '' },
      token: tokens.issue(request.ip),
    };
    return pages
      .send(reply, 'guestbook', view, refused?.status)
      .header('cache-control', 'no-store');
  };

  site.get('/guestbook', (request: Show, reply) =>
    show(request, reply, {
      before: numberIn(request.query.before),
      said: numberIn(request.query.said),
    }),
  );

  const sign = async (
    request: FastifyRequest,
    { name, message }: Given,
    id: string,
  ): Promise<Said | Problem> => {
    const visitor = visitorOf(request);
    if (isProblem(visitor)) return visitor;
    const wrong = nickProblem(name) ?? textProblem(message);
    if (wrong !== undefined) return wrong;
    if (hasMore(message, limits.guestbookCodePoints))
      return problem('text-too-long', { limit: limits.guestbookCodePoints });
    const flooding = floods.take(visitor.address);
    if (flooding !== undefined) return flooding;
    return speaker.say(
      { address: visitor.address, nick: name },
      { room: GUESTBOOK, text: message, id },
    );
  };

  site.register(async (scope) => {
    takeBytes(scope);
    scope.post(
      '/guestbook',
      { bodyLimit: limits.frameBytes },
      async (request: Sign, reply): Promise<FastifyReply> => {
        const body = request.body ?? Buffer.alloc(0);
        const refuse = (it: Problem, given: Given) =>
          show(request, reply, {
            given,
            refused: { text: problemText(it, locale), status: problems[it.code].status },
          });
        const none = { name: '', message: '' };
        if (!isUtf8(body)) return refuse(problem('utf8-bad'), none);
        const form = new URLSearchParams(body.toString('utf8'));
        const field = (it: string): string => cleanText(form.get(it) ?? '').trim();
        // Blanks in names are common, and no nick has any.
        const given = { name: field('name').replace(/\s+/g, '-'), message: field('message') };
        // Nobody sees this field; what fills in everything is no person, and needn't know.
        if (field('website') !== '') return reply.redirect('/guestbook', 303);
        const token = field('token');
        if (!tokens.isValid(token, request.ip))
          return show(request, reply, { given, refused: { text: texts.formOld, status: 403 } });
        const [id = ''] = token.split('.');
        const said = await sign(request, given, id);
        if (isProblem(said)) return refuse(said, given);
        await announce(texts.signed(said.nick, given.message), `guestbook-${said.seq}`);
        return reply.redirect(`/guestbook?said=${said.seq}#m${said.seq}`, 303);
      },
    );
  });
};
