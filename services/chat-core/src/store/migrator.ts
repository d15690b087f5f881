import { type Kysely, sql } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration';
import type { Flavour } from './flavour.ts';
import { first } from './migrations/0001-first.ts';
import { lastAt } from './migrations/0002-last-at.ts';
import { accounts } from './migrations/0003-accounts.ts';
import { roomSettings } from './migrations/0004-room-settings.ts';
import { retention } from './migrations/0005-retention.ts';
import { cursors } from './migrations/0006-cursors.ts';
import { moderation } from './migrations/0007-moderation.ts';
import { lockouts } from './migrations/0008-lockouts.ts';
import { references } from './migrations/0009-references.ts';
import { away } from './migrations/0010-away.ts';
import { bots } from './migrations/0011-bots.ts';
import { retold } from './migrations/0012-retold.ts';
import { hooks } from './migrations/0013-hooks.ts';
import { commands } from './migrations/0014-commands.ts';
import { cards } from './migrations/0015-cards.ts';
import { markers } from './migrations/0016-markers.ts';
import { watches } from './migrations/0017-watches.ts';
import { certificates } from './migrations/0018-certificates.ts';
import { realNames } from './migrations/0019-real-names.ts';
import { tokens } from './migrations/0020-tokens.ts';
import { refusals } from './migrations/0021-refusals.ts';
import type { Database } from './schema.ts';

/** Every step, in order; the newest schema is what the last one leaves. */
export const migrations = (flavour: Flavour) => ({
  '0001-first': first(flavour),
  '0002-last-at': lastAt(),
  '0003-accounts': accounts(),
  '0004-room-settings': roomSettings(flavour),
  '0005-retention': retention(),
  '0006-cursors': cursors(flavour),
  '0007-moderation': moderation(flavour),
  '0008-lockouts': lockouts(flavour),
  '0009-references': references(),
  '0010-away': away(),
  '0011-bots': bots(),
  '0012-retold': retold(),
  '0013-hooks': hooks(flavour),
  '0014-commands': commands(),
  '0015-cards': cards(),
  '0016-markers': markers(flavour),
  '0017-watches': watches(flavour),
  '0018-certificates': certificates(flavour),
  '0019-real-names': realNames(),
  '0020-tokens': tokens(flavour),
  '0021-refusals': refusals(),
});

/** What the newest schema is called: its last step. */
export const newestSchema = (flavour: Flavour): string =>
  Object.keys(migrations(flavour)).at(-1) ?? '';

/** What the schema of a database is called; undefined where it has none. */
export const schemaOf = async (db: Kysely<Database>): Promise<string | undefined> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((it) => it.name === DEFAULT_MIGRATION_TABLE)) return undefined;
  const { rows } = await sql<{ name: string | null }>`
    select max(name) as name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  return rows[0]?.name ?? undefined;
};

type Steps = Record<string, Migration>;

/** Takes the steps that a database has not taken yet, which `table` remembers; one that fails leaves it as it was. */
export const takeSteps = async (
  db: Kysely<Database>,
  steps: Steps,
  table = DEFAULT_MIGRATION_TABLE,
): Promise<void> => {
  const migrator = new Migrator({
    ...{ db, provider: { getMigrations: async () => steps } },
    migrationTableName: table,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
};

/** Brings a database to the newest schema; a step that fails leaves it as it was. */
export const migrate = (db: Kysely<Database>, flavour: Flavour): Promise<void> =>
  takeSteps(db, migrations(flavour));
