/** Sends requests as a browser with a session should: with the CSRF token, and again where the services ask for it. */

import { Problem } from "./problem";

type Send = (request: Request) => Promise<Response>;
type Remedy = "refresh" | "new-token";

const REMEDIES: Record<string, Remedy> = {
  "access-token-expired": "refresh",
  "access-token-void": "refresh",
  csrf: "new-token",
};

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Sends requests for one browser. Every remedy is tried once for a request, and shared by requests that need it at once. */
export class Transport {
  readonly #send: Send;
  readonly #authAddress: string;
  #token: Promise<string> | null = null;
  #refresh: Promise<boolean> | null = null;
  #onSessionEnd: () => void = () => undefined;

  /**
   * @param authAddress Where the auth service answers.
   * @param send Sends one request, as `fetch` does.
   */
  constructor(authAddress: string, send: Send) {
    this.#authAddress = authAddress;
    this.#send = send;
  }

  /** Calls `listener` whenever the services say that nobody is signed in any more. */
  set onSessionEnd(listener: () => void) {
    this.#onSessionEnd = listener;
  }

  /** Takes the CSRF token that came with a session; null: the one that was known is void. */
  setToken(token: string | null): void {
    this.#token = token === null ? null : Promise.resolve(token);
  }

  /** Makes this browser a guest's, unless it is somebody's already. */
  async becomeSomebody(): Promise<void> {
    await this.#csrfToken();
  }

  /** Sends a request; the answer may be a problem. */
  async fetch(request: Request): Promise<Response> {
    const tried = new Set<Remedy>();
    for (;;) {
      const response = await this.#attempt(request.clone());
      const slug = response.ok ? null : (await Problem.of(response.clone())).slug;
      if (slug === "session-ended") this.#endSession();
      const remedy = slug === null ? undefined : REMEDIES[slug];
      if (!remedy || tried.has(remedy) || !(await this.#apply(remedy))) return response;
      tried.add(remedy);
    }
  }

  async #attempt(request: Request): Promise<Response> {
    if (!READS.has(request.method)) request.headers.set("X-CSRF-Token", await this.#csrfToken());
    return this.#reach(request);
  }

  async #apply(remedy: Remedy): Promise<boolean> {
    if (remedy === "refresh") return (this.#refresh ??= this.#goOn());
    this.#token = null;
    return Promise.resolve(true);
  }

  /** Asks for new cookies; tells whether there are any. */
  async #goOn(): Promise<boolean> {
    try {
      const ask = () => this.#attempt(new Request(`${this.#authAddress}/refresh`, { method: "POST" }));
      let response = await ask();
      if (response.status === 403) {
        this.#token = null; // it was another session's
        response = await ask();
      }
      if (response.ok) return true;
      if (response.status === 401) this.#endSession();
      return false;
    } finally {
      this.#refresh = null;
    }
  }

  #csrfToken(): Promise<string> {
    this.#token ??= this.#askForToken().catch((error: unknown) => {
      this.#token = null;
      throw error;
    });
    return this.#token;
  }

  async #askForToken(): Promise<string> {
    const response = await this.#reach(new Request(`${this.#authAddress}/csrf`));
    if (!response.ok) throw await Problem.of(response);
    const body = (await response.json()) as { csrf_token: string };
    return body.csrf_token;
  }

  #endSession(): void {
    this.#token = null;
    this.#onSessionEnd();
  }

  async #reach(request: Request): Promise<Response> {
    try {
      return await this.#send(request);
    } catch (error) {
      if (error instanceof TypeError) throw Problem.ofSilence();
      throw error;
    }
  }
}
