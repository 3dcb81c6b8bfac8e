import { notify } from '../store/notices';
import { noteOffline } from '../store/page';

/** The first screen, and what is done on it, come first: all this shares their processor, disk and network. */
const REST = 6000;
const IDLE = 2000;

/**
 * Has the page kept by its service worker, so that it works without a network from then on. What the first screen does not need is
 * fetched when the page has come to rest.
 */
export function startOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const hadOne = serviceWorker.controller !== null;
  whenLoaded(() => void keepPage());
  serviceWorker.addEventListener('message', ({ data }) => {
    if (data === 'all kept') noteOffline();
  });
  serviceWorker.addEventListener('controllerchange', () => {
    if (hadOne) window.location.reload();
  });
}

async function keepPage(): Promise<void> {
  offerNewer(await navigator.serviceWorker.register('./sw.js', { scope: './' }));
  const { active } = await navigator.serviceWorker.ready;
  setTimeout(() => whenIdle(() => active?.postMessage('keep all')), REST);
}

/** A newer page waits until it is asked for: the one in use goes on with its own files. */
function offerNewer(registration: ServiceWorkerRegistration): void {
  const offer = (): void => {
    const { waiting } = registration;
    if (!waiting || !navigator.serviceWorker.controller) return;
    notify({
      tone: 'done',
      text: 'A newer Teal is here. What is kept in this browser stays.',
      action: { label: 'Load it', run: () => waiting.postMessage('take over') },
    });
  };
  offer();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer);
  });
}

function whenLoaded(run: () => void): void {
  if (document.readyState === 'complete') whenIdle(run);
  else window.addEventListener('load', () => whenIdle(run), { once: true });
}

function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(run, { timeout: IDLE });
  else setTimeout(run, IDLE);
}
