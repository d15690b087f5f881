import { type GatewayTotals, SlowReader, Times, Vitals } from '@partyline/protocol';
import { type Static, Type } from 'typebox';

const At = (description: string) =>
  Type.Integer({ description: `${description}, in milliseconds since the Unix epoch` });
const Count = (description: string) => Type.Integer({ minimum: 0, description });
const Rate = (description: string) => Type.Number({ minimum: 0, description });

const process = {
  ...Vitals.properties,
  at: At('When it told this of itself'),
};

/** How one chat-core is. */
export const CoreStatus = Type.Object({
  core: Type.String({ description: 'The id of its process' }),
  ...process,
  perSecond: Type.Object({
    publishes: Rate('Publishes decided, in the last seconds'),
    events: Rate('Events appended to rooms'),
    batches: Rate('Transactions committed'),
  }),
  commit: Type.Optional({
    ...Times,
    description: 'How long a transaction took until it was durable, in the last minute',
  }),
  streams: Count('Instances whose stream is here'),
  streamBytes: Count('Bytes that wait for these streams to take them'),
});
export type CoreStatus = Static<typeof CoreStatus>;

/** How the clients of one gateway are served. */
const Clients = Type.Object({
  connections: Count('Client connections'),
  sessions: Count('Those of them that have logged in'),
  queuedBytes: Count('Bytes that wait for clients to take them'),
  slow: Count('Clients that take less than they are owed'),
  perSecond: Type.Object({
    frames: Rate('Frames taken from clients'),
    publishes: Rate('Publishes sent for them'),
    deliveries: Rate('Live events times the readers who were owed them'),
  } satisfies Record<keyof typeof GatewayTotals.properties, unknown>),
});

/** How an instance is, as it told the core at which its stream is. */
export const Reported = Type.Object({
  ...process,
  clients: Type.Optional(Clients),
  delivery: Type.Optional({
    ...Times,
    description:
      'From when a message of a client was handed to the bus until its event was handed to the connections that read it live at the same gateway, in the last minute',
  }),
});
export type Reported = Static<typeof Reported>;

const InstanceStatus = Type.Object({
  instance: Type.String(),
  kind: Type.String({ examples: ['tcp-gateway'] }),
  state: Type.Enum(['connected', 'away'], {
    description: 'Away: its stream broke, and it has its lease to come back',
  }),
  core: Type.Optional(Type.String({ description: 'The chat-core at which its stream is' })),
  endpoints: Type.Array(Type.String()),
  startedAt: At('When it came'),
  leaseUntil: At('When it is over unless it is heard of'),
  report: Type.Optional(Reported),
});
export type InstanceStatus = Static<typeof InstanceStatus>;

const SlowReaderStatus = Type.Object({
  ...SlowReader.properties,
  instance: Type.String({ description: 'The gateway that it is connected to' }),
  closesInMs: Type.Number({
    minimum: 0,
    description: 'When it is closed, if it goes on taking nothing',
  }),
});
export type SlowReaderStatus = Static<typeof SlowReaderStatus>;

export const concernCodes = [
  ...(['no-gateway', 'instance-away', 'disk-low', 'commit-slow', 'delivery-slow'] as const),
  ...(['loop-late', 'stream-behind', 'search-behind', 'webhook-failing'] as const),
  ...(['webhook-given-up', 'versions-differ'] as const),
] as const;

/** Something that whoever runs the server should look at. */
export const Concern = Type.Object({
  code: Type.Enum([...concernCodes]),
  level: Type.Enum(['notice', 'warning', 'critical']),
  text: Type.String({ description: 'What it is and what to do, in the language of the server' }),
});
export type Concern = Static<typeof Concern>;

/** How everything is, across all chat-cores and instances. */
export const Status = Type.Object({
  at: At('When this was put together'),
  epoch: Type.String({ description: 'Of the log: another one means another log' }),
  online: Count('People online'),
  connections: Count('Client connections'),
  queuedBytes: Count('Bytes that wait for clients to take them'),
  slow: Count('Clients that take less than they are owed'),
  perSecond: Type.Object({
    frames: Rate('Frames taken from clients'),
    publishes: Rate('Publishes decided'),
    events: Rate('Events appended to rooms'),
    deliveries: Rate('Live events times the readers who were owed them'),
  }),
  database: Type.Object({
    kind: Type.Enum(['sqlite', 'postgres', 'memory']),
    bytes: Count('What everything that is kept comes to'),
    freeBytes: Type.Optional(
      Count('Free space where it is kept; not known of a Postgres, which may be elsewhere'),
    ),
    searchWaiting: Count('Events that the search index is still to take in'),
  }),
  webhooks: Type.Object({
    outgoing: Count('Outgoing webhooks'),
    failing: Count('Those that nothing reaches, and that are tried again'),
    givenUp: Count('Those that are not called any more'),
    waiting: Count('Those with something still to be told'),
  }),
  concerns: Type.Array(Concern, { description: 'What should be looked at, the gravest first' }),
  cores: Type.Array(CoreStatus),
  instances: Type.Array(InstanceStatus),
  slowReaders: Type.Array(SlowReaderStatus, { description: 'The worst of each gateway' }),
});
export type Status = Static<typeof Status>;
