import { envelope, openOf, type startTestCore } from './core.ts';

type Core = Awaited<ReturnType<typeof startTestCore>>;

/** What examples leave open: what is called otherwise in each chat-core. */
export type Names = Readonly<
  Record<'session' | 'webhook' | 'fingerprint' | 'seq' | 'backup', string>
>;

const PASSWORD = 'correct horse';
const FINGERPRINT = 'ab'.repeat(32);

/** Things as examples name them, made anew where an example before has ended them. */
const things = [
  ['POST', '/v1/tokens', { name: 'ci', scope: 'moderate' }],
  ['POST', '/v1/bots', { name: 'butler', scopes: ['say', 'read'], rooms: ['lobby'] }],
  ['POST', '/v1/webhooks/in', { name: 'deploys', room: 'ops' }],
  [
    ...['POST', '/v1/commands'],
    { name: 'deploy', nick: 'deployer', url: 'https://example.org/deploy', rooms: ['ops'] },
  ],
  ['PATCH', '/v1/rooms/ops', {}],
  ['POST', '/v1/watches', { room: 'ops', name: 'example.org' }],
  ['POST', '/v1/watches', { room: 'ops', name: 'example.org', types: 'A+MX' }],
  ['POST', '/v1/bans', { who: '192.0.2.0/24' }],
  ['POST', '/v1/rooms/lobby/ban', { who: '192.0.2.0/24' }],
] as const;

/** Sessions and publishes, in all of this process. */
let opened = 0;

/** Gives what makes a chat-core be as the examples of its API take it to be. */
export const furnisher = (core: Core): (() => Promise<Names>) => {
  const json = (method: string, path: string, body: object) =>
    core.bus(method, path, JSON.stringify(body), core.json);

  let greeting: Promise<unknown> | undefined;
  const greet = () => {
    // With a stream, so that its lease goes on.
    greeting ??= core.hello('i1').then(() => core.subscribe('i1'));
    return greeting;
  };

  /** Has somebody come in as an account, and tells the session. */
  const bringIn = async (nick: string): Promise<string> => {
    const { sessions } = (await core.order('GET', '/v1/sessions')).json as unknown as {
      sessions: { session: string; nick: string; account?: string }[];
    };
    const found = sessions.find((it) => it.nick === nick && it.account !== undefined);
    if (found !== undefined) return found.session;
    opened += 1;
    const { session, command, id } = openOf(`${nick}${opened}`);
    if ((await core.order('GET', `/v1/accounts/${nick}`)).status === 200) {
      const { token } = command as { token: string };
      const claim = { nick, password: PASSWORD, instance: 'i1', token, wire: 'x', address: null };
      await json('POST', '/bus/v1/accounts/login', claim);
    } else {
      await core.publish('i1', [{ id, session, command: { ...command, nick } }]);
      await json('POST', '/bus/v1/accounts/register', { session, password: PASSWORD });
    }
    return session;
  };

  return async () => {
    await greet();
    for (const who of ['bob', 'account:bob']) {
      await core.order('DELETE', `/v1/bans?who=${who}`);
      await core.order('POST', '/v1/rooms/lobby/unban', { who });
    }
    await core.order('POST', '/v1/rooms/lobby/unmute', { nick: 'ann' });
    await core.order('POST', '/v1/rooms/lobby/slow', { ms: 0 });
    await core.order('PATCH', '/v1/rooms/lobby', { speak: 'everyone', visibility: 'public' });
    for (const [method, path, body] of things) await core.order(method, path, body);
    const ann = await bringIn('ann');
    const bob = await bringIn('bob');
    await json('PUT', `/bus/v1/accounts/certificates/${FINGERPRINT}?session=${ann}`, {});
    const say = { type: 'say', room: 'lobby', text: 'Tea time?' } as const;
    opened += 1;
    const [, , said] = await core.publish('i1', [
      { ...envelope('', `join-${opened}`, { type: 'join', room: 'lobby' }), session: bob },
      { ...envelope('', `back-${opened}`, { type: 'join', room: 'lobby' }), session: ann },
      { ...envelope('', `say-${opened}`, say), session: ann },
    ]);
    if (said?.type !== 'published') throw new Error(`not said: ${JSON.stringify(said)}`);
    const out = { url: 'https://example.org/partyline', rooms: ['lobby'] };
    const { webhooks } = (await core.order('GET', '/v1/webhooks/out')).json as unknown as {
      webhooks: { webhook: string }[];
    };
    const [hook = (await core.order('POST', '/v1/webhooks/out', out)).json.webhook] = webhooks;
    const { webhook } = hook as unknown as { webhook: string };
    const { backups } = (await core.order('GET', '/v1/backups')).json as unknown as {
      backups: { name: string }[];
    };
    const { name: backup } = backups[0] ?? (await core.order('POST', '/v1/backups')).json;
    const { seq } = said;
    return { session: bob, webhook, fingerprint: FINGERPRINT, seq: `${seq}`, backup };
  };
};

/** Ends the thing that is to be made. */
export const makeRoomFor = async (core: Core, path: string, name: unknown): Promise<void> => {
  if (/^\/v1\/(tokens|bots|webhooks\/in|commands)$/.test(path) && typeof name === 'string')
    await core.order('DELETE', `${path}/${name}`);
};
