import type { Suggestion } from '@partyline/client';
import { t } from '../text/locale.ts';

type Props = {
  readonly suggestions: readonly Suggestion[];
  readonly chosen: number;
  readonly onChoose: (suggestion: Suggestion) => void;
};

export const suggestionId = (n: number): string => `suggestion-${n}`;

/** What can take the place of what is being written; the keys for it are the composer's. */
export const SuggestionList = ({ suggestions, chosen, onChoose }: Props) => (
  <div class="suggestions" id="suggestions" role="listbox" aria-label={t('completions')}>
    {suggestions.map((it, n) => (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the composer keeps the focus, and has the keys
      // biome-ignore lint/a11y/useFocusableInteractive: named by aria-activedescendant
      <div
        key={it.label}
        id={suggestionId(n)}
        role="option"
        aria-selected={n === chosen}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onChoose(it)}
      >
        <bdi class="label">{it.label}</bdi>
        {it.purpose && <span class="quiet">{t(it.purpose)}</span>}
      </div>
    ))}
  </div>
);
