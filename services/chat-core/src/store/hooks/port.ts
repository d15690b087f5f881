import type { Written } from '../port.ts';
import type { HookCursorRow, HookRow } from './rows.ts';

/** What a batch changes of outgoing webhooks. */
export type HookChanges = {
  readonly hooks: Written<HookRow, { readonly hook: string }>;
  /** Hooks that are told what is said from now on, in the rooms that they are for. */
  readonly begun: readonly HookRow[];
  readonly cursors: readonly HookCursorRow[];
};

/** What can be read of outgoing webhooks beside the writer. */
export interface HookReader {
  /** All of them, the oldest first. */
  hooks(): Promise<readonly HookRow[]>;
  /** How far a hook was told a room's log; 0 for one that was made after the hook. */
  cursor(hook: string, room: string): Promise<number>;
  /** Rooms whose log goes on after what a hook was told, as far as it is for them. */
  behind(hook: HookRow, limit: number): Promise<readonly string[]>;
}
