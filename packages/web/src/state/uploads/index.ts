import { backoffMs, type Conversation } from '@partyline/client';
import { type ReadonlySignal, signal } from '@preact/signals';
import { t } from '../../text/locale.ts';
import { sizeText } from '../../text/size.ts';
import type { Core } from '../core.ts';
import { randomId } from '../random-id.ts';
import { sendFile } from './sending.ts';
import { createTickets } from './tickets.ts';
import type { Tus } from './tus.ts';
import type { Upload, UploadState } from './upload.ts';

/** Which files the server takes, as far as it said. */
export type FilesTaken = { readonly bytes?: number; readonly types?: readonly string[] };

/** Files on their way. */
export type Uploads = {
  readonly all: ReadonlySignal<readonly Upload[]>;
  /** Shares files in the conversation that is open. */
  add(files: Iterable<File>): void;
  /** Gives one up, or puts away that it was refused. */
  drop(id: string): void;
};

/** Files that are sent at once; others wait for them. */
const AT_ONCE = 3;

const isTaken = (type: string, types: readonly string[]): boolean =>
  types.length === 0 ||
  types.some((it) => (it.endsWith('/*') ? type.startsWith(it.slice(0, -1)) : type === it));

/** Why a file needn't be sent at all; the server has the last word. */
const refusalOf = ({ size, type }: File, { bytes, types = [] }: FilesTaken): string | undefined => {
  if (size === 0) return t('fileEmpty');
  if (bytes !== undefined && size > bytes)
    return t('fileTooLarge', { size: sizeText(size), limit: sizeText(bytes) });
  // Without a type only the server can tell what it is.
  if (type !== '' && !isTaken(type, types))
    return t('fileTypeRefused', { types: types.join(', ') });
  return undefined;
};

const placeOf = ({ kind, name }: Conversation): string => (kind === 'room' ? name : `@${name}`);

const shownTypes = /^image\/(png|jpeg|gif|webp|avif)$/;

/** Settled ones make room for others. */
const isSettled = ({ is }: UploadState): boolean => is === 'done' || is === 'refused';

export const createUploads = (
  core: Core,
  { tus, taken }: { readonly tus: Tus; readonly taken: FilesTaken },
): Uploads => {
  const all = signal<readonly Upload[]>([]);
  const tickets = createTickets(core);
  const waiting: (() => Promise<void>)[] = [];
  const endings = new Map<string, AbortController>();
  let busy = 0;

  const forget = (id: string): void => {
    const gone = all.peek().find((it) => it.id === id);
    if (gone?.picture !== undefined) URL.revokeObjectURL(gone.picture);
    all.value = all.peek().filter((it) => it.id !== id);
    endings.delete(id);
  };

  const change = (id: string, state: UploadState): void => {
    if (state.is === 'done') forget(id);
    else all.value = all.peek().map((it) => (it.id === id ? { ...it, state } : it));
  };

  const whenUp = (ending: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const stop = core.line.subscribe(({ phase }) => {
        if (phase.is !== 'in' && !ending.aborted) return;
        resolve();
        queueMicrotask(() => stop());
      });
      ending.addEventListener('abort', () => resolve(), { once: true });
    });

  const means = {
    ...{ tus, tickets, whenUp },
    pause: (failures: number, afterMs?: number): Promise<void> =>
      new Promise((resolve) => {
        setTimeout(resolve, afterMs ?? backoffMs(failures, Math.random));
      }),
  };

  const next = (): void => {
    while (busy < AT_ONCE) {
      const start = waiting.shift();
      if (start === undefined) return;
      busy += 1;
      void start().finally(() => {
        busy -= 1;
        next();
      });
    }
  };

  const addOne = (file: File, conversation: Conversation): void => {
    const id = randomId();
    const refusal = refusalOf(file, taken);
    const picture = shownTypes.test(file.type) ? URL.createObjectURL(file) : undefined;
    const { name, size: bytes } = file;
    const state: UploadState =
      refusal === undefined ? { is: 'waiting' } : { is: 'refused', message: refusal };
    all.value = [...all.peek(), { id, key: conversation.key, name, bytes, picture, state }];
    if (refusal !== undefined) return;
    const ending = new AbortController();
    endings.set(id, ending);
    waiting.push(() =>
      sendFile(
        {
          ...{ file, place: placeOf(conversation), signal: ending.signal },
          onState: (now) => {
            if (!ending.signal.aborted) change(id, now);
          },
        },
        means,
      ),
    );
  };

  return {
    all,
    add(files) {
      const open = core.current.peek();
      if (open === undefined) return;
      for (const file of files) addOne(file, open);
      next();
    },
    drop(id) {
      endings.get(id)?.abort();
      forget(id);
    },
  };
};

/** Whether something would be lost if the page were closed now. */
export const isAnyUnderWay = (all: readonly Upload[]): boolean =>
  all.some(({ state }) => !isSettled(state));
