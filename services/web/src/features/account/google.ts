/** The button of Google Identity Services: https://developers.google.com/identity/gsi/web/reference/js-reference */

const SCRIPT = "https://accounts.google.com/gsi/client";

interface Identity {
  initialize: (settings: { client_id: string; callback: (answer: { credential: string }) => void }) => void;
  renderButton: (place: HTMLElement, look: { theme: string; text: string; shape: string }) => void;
}

declare global {
  interface Window {
    google?: { accounts: { id: Identity } };
  }
}

/**
 * Shows Google's button in `place`, and tells of the credential that it brings.
 *
 * @returns Whether it is there: its script may not be had.
 */
export async function showGoogleButton(
  place: HTMLElement,
  clientId: string,
  onCredential: (credential: string) => void,
): Promise<boolean> {
  const identity = await load();
  identity?.initialize({ client_id: clientId, callback: ({ credential }) => onCredential(credential) });
  identity?.renderButton(place, { theme: "outline", text: "continue_with", shape: "rectangular" });
  return identity !== undefined;
}

function load(): Promise<Identity | undefined> {
  return new Promise((resolve) => {
    const done = () => resolve(window.google?.accounts.id);
    if (window.google) {
      done();
      return;
    }
    const script = document.createElement("script");
    script.src = SCRIPT;
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });
}
