import type { Notifier } from './state/notifying.ts';

/** Where the service worker tells that a notification was pressed. */
type Pressed = { readonly pressed?: string };

/** The browser's own notifications: by the service worker where there is one, as phones want it. */
export const browserNotifier = (): Notifier => {
  const presses = new Map<string, () => void>();
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<Pressed | null>) => {
    if (data?.pressed !== undefined) presses.get(data.pressed)?.();
  });
  return {
    get permission() {
      return 'Notification' in globalThis && isSecureContext ? Notification.permission : 'insecure';
    },
    ask: () => Notification.requestPermission(),
    show(title, body, tag, onPress) {
      presses.set(tag, onPress);
      const options = { body, tag, icon: '/icon.svg' };
      void navigator.serviceWorker?.getRegistration().then((registration) => {
        if (registration?.active) return registration.showNotification(title, options);
        const shown = new Notification(title, options);
        shown.onclick = () => {
          window.focus();
          onPress();
        };
        return undefined;
      });
    },
  };
};
