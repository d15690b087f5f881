import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

type Before = { instances: { commands: string } };

/** Slash commands with how they are used. Instances tell theirs again when they come back. */
export const commands = (): Migration => ({
  up: async (db: Kysely<unknown>): Promise<void> => {
    await (db as Kysely<Before>).updateTable('instances').set({ commands: '[]' }).execute();
  },
});
