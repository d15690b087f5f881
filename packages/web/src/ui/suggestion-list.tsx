import type { Suggestion } from '@partyline/client';
import { t } from '../text/locale.ts';

type Props = {
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  readonly onChoose: (suggestion: Suggestion) => void;
};

/** More are shown as one goes on. */
const MOST_SHOWN = 8;

export const suggestionId = (n: number): string => `suggestion-${n}`;

/** What can take the place of what is being written; the keys for it are the composer's. */
export const SuggestionList = ({ suggestions, chosen, onChoose }: Props) => {
  const first = Math.max(0, chosen - MOST_SHOWN + 1);
  return (
    <div class="suggestions" id="suggestions" role="listbox" aria-label={t('completions')}>
      {suggestions.slice(first, first + MOST_SHOWN).map((it, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the composer keeps the focus, and has the keys
        // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant
        <div
          key={it.label}
          id={suggestionId(first + at)}
          aria-posinset={first + at + 1}
          aria-setsize={suggestions.length}
          role="option"
          aria-selected={first + at === chosen}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(it)}
        >
          <bdi class="label">{it.label}</bdi>
          {it.purpose && <span class="quiet">{t(it.purpose)}</span>}
          {it.about && <bdi class="quiet">{it.about}</bdi>}
        </div>
      ))}
    </div>
  );
};
