/** What a PromQL expression asks for: names of metrics, and labels that it chooses them by. */
export type Asked = { readonly name: string; readonly labels: readonly string[] };

const keywords: ReadonlySet<string> = new Set([
  ...['by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'and', 'or', 'unless'],
  ...['bool', 'offset', 'inf', 'nan'],
]);

/** The label names of a selector's matchers. */
const matched = (matchers: string): readonly string[] =>
  [...matchers.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)\s*"(?:[^"\\]|\\.)*"/g)].map(
    ([, it]) => it ?? '',
  );

/** The metrics that an expression names. Reads what our rules and dashboards are written in, not all of PromQL. */
export const metricsIn = (expression: string): readonly Asked[] => {
  const withoutGroupings = expression.replace(/\b(?:by|without|on|ignoring)\s*\([^)]*\)/g, ' ');
  const names = /([a-z_][a-z_\d:]*)(?![a-z_\d:])(?:\s*\{([^}]*)\})?(?!\s*\()/gi;
  // What is in quotes or brackets names nothing, but for the matchers of a selector.
  const text = withoutGroupings.replace(/\[[^\]]*\]/g, ' ');
  return [...text.matchAll(names)].flatMap(([, name = '', matchers = '']) =>
    keywords.has(name.toLowerCase()) ? [] : { name, labels: matched(matchers) },
  );
};

/** The labels that an expression groups by. */
export const groupingsIn = (expression: string): readonly string[] =>
  [...expression.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, labels = '']) =>
    labels.split(',').map((it) => it.trim()),
  );
