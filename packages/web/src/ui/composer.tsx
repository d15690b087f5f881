import './composer.css';
import {
  authorOf,
  type Conversation,
  completedNick,
  type Suggestion,
  type Suggestions,
  sameNick,
  suggestionsFor,
  TEXT_CODE_POINTS,
} from '@partyline/client';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { isAtLeast } from '../state/running.ts';
import { t } from '../text/locale.ts';
import { useApp } from './app-context.ts';
import { FileButton } from './file-button.tsx';
import { Icon } from './icon.tsx';
import { SuggestionList, suggestionId } from './suggestion-list.tsx';

const MOST_ROWS = 8;
const noSuggestions: Suggestions = { from: 0, all: [] };

const rowsOf = (text: string): number => Math.min(MOST_ROWS, text.split('\n').length);

/** What was written before the caret, while nothing is selected and nothing follows. */
const beforeCaret = ({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): string =>
  selectionStart === selectionEnd ? value.slice(0, selectionStart) : '';

const scrollMessages = (pages: number): void => {
  const list = document.getElementById('messages');
  list?.scrollBy({ top: pages * list.clientHeight * 0.9 });
};

/** Where one writes. It keeps its own text, so that a key press renders nothing else. */
export const Composer = ({ conversation }: { conversation: Conversation }) => {
  const app = useApp();
  const { composing } = app;
  const input = useRef<HTMLTextAreaElement>(null);
  const suggestions = useSignal(noSuggestions);
  const chosen = useSignal(0);
  /** Whether somebody went through the suggestions, so that Enter takes one. */
  const isChosen = useRef(false);
  const { key, kind, name, members = [], standing } = conversation;
  const draft = composing.drafts.get(key) ?? '';
  const label = t('messageTo', { name: kind === 'room' ? `#${name}` : name });
  const isReader = standing?.speak === 'moderators' && !isAtLeast(standing.role, 'moderator');
  const others = members.filter((nick) => !sameNick(nick, app.talk.peek().me));

  const about = composing.about.value?.key === key ? composing.about.value : undefined;
  const inserted = composing.inserted.value;
  useEffect(() => {
    const area = input.current;
    if (about === undefined || area === null) return;
    if (about.what === 'edit') write(area, about.text);
    area.focus();
  }, [about]);
  useEffect(() => {
    const area = input.current;
    if (inserted === '' || area === null) return;
    composing.inserted.value = '';
    const space = area.value === '' || area.value.endsWith(' ') ? '' : ' ';
    write(area, `${area.value}${space}${inserted}`);
    composing.drafts.set(key, area.value);
    area.focus();
  }, [inserted]);
  useEffect(() => {
    // On a touch screen the keyboard would jump up with every change of conversation.
    if (matchMedia('(pointer: fine)').matches) input.current?.focus();
  }, []);

  const write = (area: HTMLTextAreaElement, text: string): void => {
    area.value = text;
    area.rows = rowsOf(text);
  };
  const suggest = (area: HTMLTextAreaElement): void => {
    const found =
      about?.what === 'edit'
        ? noSuggestions
        : suggestionsFor(beforeCaret(area), others, app.serving.in(conversation));
    if (found.all.length > 0 || suggestions.peek().all.length > 0) suggestions.value = found;
    chosen.value = 0;
    isChosen.current = false;
  };
  const replace = (area: HTMLTextAreaElement, from: number, by: string): void => {
    area.setRangeText(by, from, area.selectionStart, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const take = (suggestion: Suggestion | undefined): void => {
    const area = input.current;
    if (suggestion === undefined || area === null) return;
    replace(area, suggestions.peek().from, suggestion.insert);
  };

  const letGo = (): void => {
    if (about?.what === 'edit' && input.current)
      write(input.current, composing.drafts.get(key) ?? '');
    composing.letGo();
  };
  const send = (): void => {
    const area = input.current;
    const text = area?.value.trim() ?? '';
    if (area === null || text === '') return;
    const isEdit = about?.what === 'edit';
    if (!isEdit) composing.drafts.delete(key);
    write(area, isEdit ? (composing.drafts.get(key) ?? '') : '');
    suggestions.value = noSuggestions;
    composing.speak(text);
  };

  /** The keys of the list of suggestions, while it is there. */
  const onSuggestionKey = (event: KeyboardEvent): boolean => {
    const { all } = suggestions.peek();
    if (all.length === 0) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1;
      chosen.value = (chosen.peek() + by + all.length) % all.length;
      isChosen.current = true;
    } else if (event.key === 'Tab' && !event.shiftKey) take(all[chosen.peek()]);
    else if (event.key === 'Enter' && isChosen.current) take(all[chosen.peek()]);
    else if (event.key === 'Escape') suggestions.value = noSuggestions;
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const completeNick = (event: KeyboardEvent, area: HTMLTextAreaElement): void => {
    if (event.shiftKey || area.selectionStart !== area.value.length) return;
    const nick = completedNick(beforeCaret(area), others);
    if (nick === undefined) return;
    event.preventDefault();
    replace(area, nick.from, nick.insert);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const area = input.current;
    if (area === null || event.isComposing || onSuggestionKey(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && about !== undefined) {
      event.preventDefault();
      letGo();
    } else if (event.key === 'Tab') completeNick(event, area);
    else if (event.key === 'ArrowUp' && area.value === '' && !event.altKey) {
      event.preventDefault();
      composing.editLast();
    } else if (event.key === 'PageUp' || event.key === 'PageDown') {
      event.preventDefault();
      scrollMessages(event.key === 'PageUp' ? -1 : 1);
    }
  };

  const isOpen = suggestions.value.all.length > 0;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
        input.current?.focus();
      }}
    >
      {about !== undefined && (
        <div class="about" role="status">
          <span>
            {about.what === 'edit'
              ? t('editing', { text: about.text })
              : t('replyingTo', { nick: authorOf(about.event), text: about.text })}
          </span>
          <button type="button" title={t('cancel')} aria-label={t('cancel')} onClick={letGo}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {isOpen && (
        <SuggestionList suggestions={suggestions.value.all} chosen={chosen.value} onChoose={take} />
      )}
      <FileButton />
      <textarea
        id="composer"
        ref={input}
        rows={rowsOf(draft)}
        defaultValue={draft}
        maxLength={TEXT_CODE_POINTS}
        placeholder={isReader ? t('readOnlyHint') : label}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={isOpen ? 'suggestions' : undefined}
        aria-activedescendant={isOpen ? suggestionId(chosen.value) : undefined}
        enterkeyhint="send"
        dir="auto"
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length === 0) return;
          event.preventDefault();
          app.uploads.add(files);
        }}
        onBlur={() => {
          suggestions.value = noSuggestions;
        }}
        onInput={({ currentTarget: area }) => {
          area.rows = rowsOf(area.value);
          suggest(area);
          if (about?.what !== 'edit') composing.drafts.set(key, area.value);
          if (area.value.trim() !== '' && !area.value.startsWith('/')) composing.typed();
        }}
      />
      <button type="submit" class="primary square" title={t('send')} aria-label={t('send')}>
        <Icon name="send" />
      </button>
    </form>
  );
};
