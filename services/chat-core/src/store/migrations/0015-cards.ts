import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What services say as more than text. */
export const cards = (): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    await schema.alterTable('events').addColumn('card', 'text').execute();
  },
});
