import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Accounts and instances of bots. */
export const bots = (): Migration => ({
  up: async ({ schema }: Kysely<unknown>): Promise<void> => {
    await schema.alterTable('accounts').addColumn('bot', 'text').execute();
    await schema.alterTable('instances').addColumn('bot', 'text').execute();
  },
});
