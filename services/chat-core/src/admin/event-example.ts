/** An event as examples show it. */
export const eventExample = {
  ...{ room: 'lobby', seq: 42, at: 1_700_000_000_000, id: 'm-1', kind: 'message' },
  ...{ session: 'Zm9vYmFyYmF6cXV4', person: 'a-0123456789abcdef', nick: 'ann' },
  ...{ accountNick: 'ann', text: 'Tea at four?' },
};
