const WORKER = '/sw.js';

type TrustedTypes = {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
};

/** The worker's address, as pages under a policy of trusted types have to name it. */
const workerUrl = (): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return WORKER;
  const only = (url: string): string => {
    if (url !== WORKER) throw new TypeError(`${url} is not the page's worker`);
    return url;
  };
  return trustedTypes.createPolicy('partyline', { createScriptURL: only }).createScriptURL(WORKER);
};

/** Has the browser keep the page, so that it opens without a network. Only over https, or on this machine. */
export const registerWorker = async (): Promise<void> => {
  if (!('serviceWorker' in navigator) || import.meta.hot) return;
  try {
    await navigator.serviceWorker.register(workerUrl());
  } catch {
    // The page works without it, and only doesn't open where there is no network.
  }
};
