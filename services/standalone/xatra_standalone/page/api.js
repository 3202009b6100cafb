/** Talks to the API: guests' CSRF tokens, problem details, files and renders. */

const API = new URL("api/", document.baseURI);
const FINAL_STATES = new Set(["succeeded", "failed", "timed_out", "cancelled"]);
const DEFAULT_RETRY_SECONDS = 5;

/** An answer that is no success, in the words of its problem details (RFC 9457). */
export class Problem extends Error {
  /**
   * @param {number} status HTTP status; 0 where nobody answered.
   * @param {{type?: string, title?: string, detail?: string, errors?: {line: ?number, message: string}[]}} details
   * @param {?number} retrySeconds After how long it is worth trying again; null where that does not help.
   */
  constructor(status, details, retrySeconds = null) {
    const said = [details.title, details.detail].filter(Boolean).join(". ");
    super(said || `The service answered with status ${status}.`);
    this.status = status;
    this.type = details.type ?? "";
    this.errors = details.errors ?? [];
    this.retrySeconds = retrySeconds;
  }
}

/** @returns {Promise<object>} A render: it has ended, or is under way after two seconds. */
export function askForRender(program, files) {
  return write("renders", {
    method: "POST",
    headers: { "Content-Type": "application/json", Prefer: "wait=2" },
    body: JSON.stringify({ program, files }),
  });
}

export function cancelRender(id) {
  return write(`renders/${id}`, { method: "DELETE" });
}

/** @returns {Promise<{name: string, sha256: string, size_bytes: number}>} */
export function upload(file, name) {
  const type = name.toLowerCase().endsWith(".csv") ? "text/csv" : file.type;
  return write(`files?${new URLSearchParams({ name })}`, {
    method: "PUT",
    headers: { "Content-Type": type || "application/octet-stream" },
    body: file,
  });
}

/** @returns {Promise<object[]>} */
export function listExamples() {
  return read(new URL("examples.json", document.baseURI));
}

export function isFinal(render) {
  return FINAL_STATES.has(render.state);
}

/**
 * Tells of every change of a render until it has ended: by server-sent events, or by long polling where those fail.
 *
 * @param {string} id The render.
 * @param {(render: object) => void} onChange
 * @param {AbortSignal} signal Ends the interest.
 */
export async function follow(id, onChange, signal) {
  const hasEnded = signal.aborted || (await listen(id, onChange, signal));
  while (!hasEnded && !signal.aborted) {
    const render = await read(new URL(`renders/${id}`, API), { headers: { Prefer: "wait=20" }, signal });
    onChange(render);
    if (isFinal(render)) return;
  }
}

/** @returns {Promise<boolean>} Whether there is no more to tell; false when the stream broke. */
function listen(id, onChange, signal) {
  return new Promise((resolve) => {
    const source = new EventSource(new URL(`renders/${id}/events`, API));
    const end = (hasEnded) => {
      source.close();
      resolve(hasEnded);
    };
    source.addEventListener("state", ({ data }) => {
      const render = JSON.parse(data);
      onChange(render);
      if (isFinal(render)) end(true);
    });
    source.addEventListener("error", () => end(false));
    signal.addEventListener("abort", () => end(true), { once: true });
  });
}

let token = null;

/** Makes the browser a guest's, unless it is one already. */
export function becomeGuest() {
  token ??= read(new URL("auth/csrf", API)).then(
    (answer) => answer.csrf_token,
    (problem) => {
      token = null;
      throw problem;
    },
  );
  return token;
}

async function write(path, request) {
  const send = async () =>
    read(new URL(path, API), { ...request, headers: { ...request.headers, "X-CSRF-Token": await becomeGuest() } });
  try {
    return await send();
  } catch (problem) {
    if (problem.status !== 403 || !problem.type.endsWith("csrf")) throw problem;
    token = null; // the cookie was another one, or has expired
    return send();
  }
}

async function read(url, request = {}) {
  let response;
  try {
    response = await fetch(url, request);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { title: "The service does not answer", detail: "It may be stopped, or starting." }, 0);
  }
  if (response.ok) return response.json();
  const details = await detailsOf(response);
  throw new Problem(response.status, details, retrySecondsOf(response, details));
}

async function detailsOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

function retrySecondsOf(response, { type = "" }) {
  const mayPass = response.status === 429 || response.status >= 500 || type.endsWith("files-missing");
  if (!mayPass) return null;
  return Number.parseInt(response.headers.get("Retry-After"), 10) || DEFAULT_RETRY_SECONDS;
}
