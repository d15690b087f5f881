import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../state/app.ts';

export const AppContext = createContext<App | undefined>(undefined);

/** The app that the page shows. */
export const useApp = (): App => {
  const app = useContext(AppContext);
  if (app === undefined) throw new Error('rendered outside AppContext');
  return app;
};
