/** Loads the page anew where a part of it cannot be had. */

const KEY = "xatra.renewed";
const PAUSE_MILLISECONDS = 10_000;

/**
 * Has the page loaded anew when one of its files cannot be had: it may be older than the release that is served now, or
 * the connection broke. Nothing is lost by it: what is edited lies on the device. Once in ten seconds, lest it goes on and on.
 */
export function renewWhenIncomplete(): void {
  window.addEventListener("vite:preloadError", (event) => {
    const last = Number(sessionStorage.getItem(KEY) ?? 0);
    if (Date.now() - last < PAUSE_MILLISECONDS) return;
    sessionStorage.setItem(KEY, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
