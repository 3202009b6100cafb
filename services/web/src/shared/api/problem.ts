/** Errors of the services, as they say them: problem details (RFC 9457). */

const DEFAULT_RETRY_SECONDS = 5;
const PREFIX = "urn:xatra:problem:";

/** One thing that is wrong with what was sent: a field of the body, or a place in the program. */
export interface Fault {
  message: string;
  field?: string;
  line?: number | null;
  column?: number | null;
}

interface Details {
  type?: string;
  title?: string;
  detail?: string;
  errors?: Fault[];
  [extension: string]: unknown;
}

/** An answer that is no success. */
export class Problem extends Error {
  /** HTTP status; 0 where nobody answered. */
  readonly status: number;
  /** Its stable name, such as `queue-full`. */
  readonly slug: string;
  readonly title: string;
  readonly detail: string;
  readonly faults: Fault[];
  /** After how many seconds it is worth trying again; null where that does not help. */
  readonly retrySeconds: number | null;
  /** All that the answer said. */
  readonly details: Readonly<Details>;

  constructor(status: number, details: Details, retrySeconds: number | null = null) {
    const title = details.title ?? `The service answered with status ${status}`;
    super([title, details.detail].filter(Boolean).join(". "));
    this.status = status;
    this.slug = details.type?.startsWith(PREFIX) ? details.type.slice(PREFIX.length) : "unknown";
    this.title = title;
    this.detail = details.detail ?? "";
    this.faults = Array.isArray(details.errors) ? details.errors : [];
    this.retrySeconds = retrySeconds;
    this.details = details;
  }

  /** Nobody answered: this device is offline, or the service is down. */
  static ofSilence(): Problem {
    return new Problem(
      0,
      { type: `${PREFIX}offline`, title: "The service does not answer", detail: "Your connection may be interrupted." },
      DEFAULT_RETRY_SECONDS,
    );
  }

  /** Reads the problem that an answer tells of. */
  static async of(response: Response): Promise<Problem> {
    const body: unknown = await response.json().catch(() => null);
    return Problem.from(response, body);
  }

  /** Makes a problem of an answer whose body has been read. */
  static from(response: Response, body: unknown): Problem {
    const details: Details = typeof body === "object" && body !== null ? { ...body } : {};
    return new Problem(response.status, details, retrySecondsOf(response));
  }
}

/** Tells whether something that was thrown is a problem, and one of these where some are named. */
export function isProblem(thrown: unknown, ...slugs: string[]): thrown is Problem {
  return thrown instanceof Problem && (slugs.length === 0 || slugs.includes(thrown.slug));
}

/** Tells whether something was thrown because nobody wanted the answer any more. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === "AbortError";
}

function retrySecondsOf(response: Response): number | null {
  const said = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  if (said >= 0) return said;
  return response.status === 429 || response.status >= 500 ? DEFAULT_RETRY_SECONDS : null;
}
