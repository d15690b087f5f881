/** Something in a list that is to stay where the reader sees it. */
export type Anchor = { readonly element: Element; readonly top: number };

const topOf = (element: Element): number => element.getBoundingClientRect().top;

/** The first row that can be seen in a list; rows are the children of its content. */
export const anchorOf = (list: Element, content: Element): Anchor | undefined => {
  const edge = topOf(list);
  const rows = content.children;
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row !== undefined && row.getBoundingClientRect().bottom <= edge) low = middle + 1;
    else high = middle;
  }
  const element = rows[low];
  return element === undefined ? undefined : { element, top: topOf(element) };
};

/** Scrolls a list so that an anchor is where it was. */
export const hold = (list: Element, { element, top }: Anchor): void => {
  if (element.isConnected) list.scrollTop += topOf(element) - top;
};
