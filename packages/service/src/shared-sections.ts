/** Something that services have, such as a setting; and which service. */
export type Had<T> = { readonly service: string; readonly its: Iterable<T> };

/**
 * What services have, by who has it: what all have first, then what several share under their names,
 * then each one's own; within a section in the order it was given.
 */
export const sharedSections = <T extends { readonly name: string }>(
  services: readonly Had<T>[],
): readonly (readonly [title: string, its: readonly T[]])[] => {
  const all = new Map<string, T>();
  const owners = new Map<string, string[]>();
  for (const { service, its } of services)
    for (const it of its) {
      all.set(it.name, it);
      owners.set(it.name, [...(owners.get(it.name) ?? []), service]);
    }
  const titleOf = (names: readonly string[]): string =>
    names.length === services.length ? 'Every service' : names.join(', ');
  const sections = Map.groupBy(all.values(), (it) => titleOf(owners.get(it.name) ?? []));
  const shared = (title: string): number =>
    title === 'Every service' ? 2 : title.includes(', ') ? 1 : 0;
  return [...sections].sort(([a], [b]) => shared(b) - shared(a));
};

/** A cell of a Markdown table: bars and line ends would end it. */
export const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
