/**
 * Every limit on what crosses a wire or the bus. The unit is the suffix of the name;
 * `CodePoints` counts Unicode code points, `Bytes` counts UTF-8.
 */
export const limits = {
  /** One frame (line or message) from a client, its terminator not counted. */
  frameBytes: 32_768,
  /** The text of one message, action, topic or notice. */
  textCodePoints: 8_000,
  /** A card beside a text, as JSON. */
  cardBytes: 16_384,
  /** A name as DNS is asked for it (RFC 1035 §2.3.4). */
  dnsNameCharacters: 253,
  /** Names that are watched for one room, and for all of them. */
  watchesPerRoom: 50,
  watches: 500,
  /** The shortest and the longest time between two looks at a watched name. */
  watchLeastMs: 1_000,
  watchMostMs: 86_400_000,
  /** An entry of the guestbook. */
  guestbookCodePoints: 1_000,
  nickCodePoints: 32,
  roomCodePoints: 64,
  /** What somebody reacts with. */
  reactionCodePoints: 32,
  /** How much of a text is quoted where another event refers to it. */
  quoteCodePoints: 40,
  /** People that one text can mention. */
  mentions: 20,
  /** Among how many of a room's last events one is found by who said it, or by counting back. */
  lastEvents: 100,
  /** What somebody says to be called besides the nick, which nobody checks. */
  realNameCodePoints: 128,
  /** Why somebody is away. */
  awayCodePoints: 256,
  /** A message id that a client chooses. */
  idCodePoints: 64,
  passwordCodePoints: 256,
  /** Why somebody was removed, banned, muted. */
  reasonCodePoints: 256,
  /** Bans of one room, and of the whole server; and how many of them a list tells clients. */
  bansPerRoom: 1_000,
  bansTold: 100,
  /** The longest ban or mute that ends by itself: ten years. */
  restraintMs: 315_360_000_000,
  /** The slowest slow mode: a message an hour. */
  slowMs: 3_600_000,
  /** Wrong passwords for one nick, and from one address, before there is a wait; it doubles with each. */
  passwordTriesOfName: 5,
  passwordTriesOfAddress: 20,
  /** The longest wait. */
  passwordWaitSeconds: 900,
  /** Certificates by which one account is known. */
  certificatesPerAccount: 10,
  /** Wrong tokens of the admin API from one address, before none is looked at; and how long one counts. */
  wrongTokens: 20,
  wrongTokenSeconds: 5,
  /** Tokens of the admin API that there can be, and the name of one. */
  adminTokens: 100,
  tokenNameCharacters: 64,
  /** A key that a client gives a request, and for how long its answer is kept. */
  idempotencyKeyCharacters: 128,
  answerKeptMs: 86_400_000,
  /** Bots and webhooks that there can be, and rooms that each can be for. */
  bots: 1_000,
  roomsPerBot: 100,
  /** A slash command's name, how it is used, and what it is for. */
  commandCharacters: 32,
  usageCodePoints: 64,
  aboutCodePoints: 128,
  /** Outgoing webhooks that there can be. */
  webhooksOut: 100,
  urlCharacters: 2_048,
  /** Connections to the bus that one bot may have at once. */
  instancesPerBot: 8,
  /** What one bot or webhook may say at once, and for long. */
  botBurst: 60,
  botPerSecond: 5,
  /** Rooms that one session may be in at once. */
  roomsPerSession: 100,
  /** The longest that a room can be set to keep its events: a hundred years. */
  keepMs: 3_153_600_000_000,
  /** The most events that a room can be set to keep. */
  keepCount: 1_000_000_000,
  /** The largest picture that is shown where it was shared, and the most pixels it may have. */
  shownPictureBytes: 16_777_216,
  shownPicturePixels: 50_000_000,
  /** How long a ticket for an upload is good. */
  uploadTicketMs: 600_000,
  /** People who are looked up at once. */
  peopleAsked: 100,
  /** Events that one page of a room's log holds at most. */
  pageEvents: 500,
  /** Text that one page holds at most; it holds at least one event. */
  pageBytes: 262_144,
  /** What one search looks for. */
  searchCodePoints: 200,
  searchTerms: 10,
  /** Events that one page of a search holds at most. */
  searchEvents: 100,
  /** Envelopes, and their bytes, in one publish request. */
  batchEnvelopes: 1_000,
  batchBytes: 4_194_304,
  /** One line of the bus in either direction. */
  busLineBytes: 262_144,
  /** Slow readers that one gateway tells of. */
  slowReadersTold: 10,
  /** What an instance tells of itself at once. */
  reportBytes: 65_536,
  /** Names told one by one in a presence signal; beyond it only counts are told. */
  presenceNames: 20,
} as const;
