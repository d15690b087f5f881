/** @typedef {import('../../../status/shape.ts').Status} Status */

/**
 * What came of asking. Away: no answer; refused: an answer that is none.
 *
 * @typedef {{ readonly type: 'told', readonly status: Status }
 *   | { readonly type: 'locked' }
 *   | { readonly type: 'away' }
 *   | { readonly type: 'refused', readonly why: string }} Answer
 */

/** An answer that took so long is given up. */
const ANSWER_MS = 10_000;

/**
 * Asks once how everything is.
 *
 * @param {string} token
 * @returns {Promise<Answer>}
 */
export const ask = async (token) => {
  try {
    const response = await fetch('v1/status', {
      headers: { authorization: `Bearer ${token}` },
      ...{ cache: 'no-store', redirect: 'error', credentials: 'omit' },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.status === 401) return { type: 'locked' };
    const told = await response.json();
    if (response.ok) return { type: 'told', status: told };
    return { type: 'refused', why: told.title ?? `${response.status}` };
  } catch {
    return { type: 'away' };
  }
};

const NAME = 'partyline-admin-token';

/** The token, as this tab keeps it. */
export const kept = {
  /** @returns {string} empty when there is none */
  get token() {
    return sessionStorage.getItem(NAME) ?? '';
  },
  set token(it) {
    if (it === '') sessionStorage.removeItem(NAME);
    else sessionStorage.setItem(NAME, it);
  },
};
