import '@partyline/markup/look.css';
import './ui/base.css';
import { effect } from '@preact/signals';
import { options, render } from 'preact';
import { fetchConfig, wsUrl } from './config.ts';
import { browserNotifier } from './notifier.ts';
import { createApp } from './state/app.ts';
import { setting, storage } from './state/memory.ts';
import { isAnyUnderWay } from './state/uploads/index.ts';
import { browserTus } from './state/uploads/tus.ts';
import { chooseLocale, type Locale, locale } from './text/locale.ts';
import { AppContext } from './ui/app-context.ts';
import { Root } from './ui/root.tsx';
import { startTheme } from './ui/theme.ts';
import { registerWorker } from './worker/register.ts';

const HIDDEN_RENDER_MS = 500;

// However many frames come in one refresh of the screen, they are one rendering.
options.debounceRendering = (work) => {
  if (document.hidden) setTimeout(work, HIDDEN_RENDER_MS);
  else requestAnimationFrame(() => work());
};

const start = async (page: HTMLElement): Promise<void> => {
  const config = await fetchConfig();
  const browser = storage('localStorage');
  const chosen = setting<Locale>(browser, 'locale', ['en', 'zh-CN']);
  const found = chooseLocale([config.locale ?? '', ...navigator.languages]);
  locale.value = chosen.read() ?? found;
  startTheme(browser);

  const app = createApp({
    ...{ url: wsUrl(config, new URL(location.href)), notifier: browserNotifier() },
    ...{ tab: storage('sessionStorage'), browser },
    ...{ tus: browserTus, taken: config.files ?? {} },
  });
  const name = config.name ?? 'Partyline';

  effect(() => {
    document.documentElement.lang = locale.value;
    if (locale.value !== (chosen.read() ?? found)) chosen.write(locale.value);
  });
  effect(() => {
    const unread = app.reading.unread.value;
    document.title = unread > 0 ? `(${unread}) ${name}` : name;
  });
  addEventListener('online', () => app.network(true));
  addEventListener('offline', () => app.network(false));
  addEventListener('pagehide', () => app.save());
  // What is on its way does not survive the page; everything else does.
  addEventListener('beforeunload', (event) => {
    if (isAnyUnderWay(app.uploads.all.peek())) event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) app.nudge();
  });

  void registerWorker();
  render(
    <AppContext.Provider value={app}>
      <Root name={name} />
    </AppContext.Provider>,
    page,
  );
};

const page = document.getElementById('page');
if (page !== null) void start(page);
