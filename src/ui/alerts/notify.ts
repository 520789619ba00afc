import type { I18n } from '../i18n.svelte.ts';
import { viewMessages } from '../messages/views.ts';
import { stationAddress } from '../route.svelte.ts';
import { keyOf, type Due } from './alert.ts';

/** Shows an alert outside the page. Several tabs that hear of the same show it once: its tag is the alert's. */
export async function notify({ alert, row, left }: Due, { lang, f }: I18n): Promise<void> {
  const m = viewMessages[lang].alerts;
  const title = row.name ?? row.station_code;
  const options = {
    body: m.told[alert.ware](left, f.count(left)),
    tag: keyOf(alert),
    lang,
    icon: new URL('icons/icon-192.png', document.baseURI).href,
  };
  let shown: Notification;
  try {
    shown = new Notification(title, options);
  } catch {
    // Browsers of phones leave it to the service worker.
    const worker = await navigator.serviceWorker.getRegistration();
    await worker?.showNotification(title, options);
    return;
  }
  shown.onclick = () => {
    window.focus();
    location.hash = stationAddress(alert.code);
    shown.close();
  };
}
