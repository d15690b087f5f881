import type { ComponentChildren } from 'preact';

type Props<T extends string> = {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, text: string])[];
  readonly onChoose: (value: T) => void;
};

/** A choice among a few. */
export const Choice = <T extends string>({ label, value, options, onChoose }: Props<T>) => (
  <label class="field">
    <span>{label}</span>
    <select
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = options.find(([it]) => it === currentTarget.value);
        if (chosen !== undefined) onChoose(chosen[0]);
      }}
    >
      {options.map(([it, text]) => (
        <option key={it} value={it}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

/** Something that can be read, and not changed. */
export const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => (
  <p class="field">
    <span>{label}</span>
    <span class="fact">{children}</span>
  </p>
);

/** Why what was asked for wasn't done. */
export const Refusal = ({ text }: { text: string | undefined }) => (
  <p class="refusal" role="alert">
    {text}
  </p>
);
