import { beforeEach, expect, test } from "vitest";

import { isProblem } from "@/shared/api/problem";
import { Transport } from "@/shared/api/transport";

const AUTH = "http://here/api/auth";

type Answer = (request: Request) => Response | Promise<Response>;

/** A browser's requests in their order, and what answers them: by `METHOD path`, one after the other, the last for good. */
let sent: string[];
let answers: Record<string, Answer[]>;
let transport: Transport;

const problem = (status: number, slug: string) =>
  new Response(JSON.stringify({ type: `urn:xatra:problem:${slug}`, title: slug, status }), { status });
const ok = () => new Response("{}");

beforeEach(() => {
  sent = [];
  answers = { "GET /api/auth/csrf": [() => new Response('{"csrf_token": "token-1"}')] };
  transport = new Transport(AUTH, async (request) => {
    const name = `${request.method} ${new URL(request.url).pathname}`;
    const token = request.headers.get("X-CSRF-Token");
    sent.push(token ? `${name} with ${token}` : name);
    const queue = answers[name] ?? [];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    return answer ? answer(request) : new Response(null, { status: 404 });
  });
});

const read = () => transport.fetch(new Request("http://here/api/thing"));
const write = () => transport.fetch(new Request("http://here/api/thing", { method: "POST", body: "what is written" }));

test("a read needs no token", async () => {
  answers["GET /api/thing"] = [ok];
  await read();
  expect(sent).toEqual(["GET /api/thing"]);
});

test("writes have the token, which is asked for once", async () => {
  answers["POST /api/thing"] = [ok];
  await Promise.all([write(), write()]);
  expect(sent).toEqual(["GET /api/auth/csrf", "POST /api/thing with token-1", "POST /api/thing with token-1"]);
});

test("a token of another session is replaced, and the same body sent again", async () => {
  transport.setToken("former");
  const bodies: string[] = [];
  const take = async (request: Request) => {
    bodies.push(await request.text());
    return bodies.length === 1 ? problem(403, "csrf") : ok();
  };
  answers["POST /api/thing"] = [take];
  expect((await write()).ok).toBe(true);
  expect(bodies).toEqual(["what is written", "what is written"]);
});

test("an access token that has expired is refreshed once for all requests that met it", async () => {
  answers["GET /api/thing"] = [
    () => problem(401, "access-token-expired"),
    () => problem(401, "access-token-expired"),
    ok,
  ];
  answers["POST /api/auth/refresh"] = [ok];
  const responses = await Promise.all([read(), read()]);
  expect(responses.map((response) => response.ok)).toEqual([true, true]);
  expect(sent.filter((request) => request.startsWith("POST /api/auth/refresh"))).toHaveLength(1);
});

test("a request is not sent a third time for the same reason", async () => {
  answers["GET /api/thing"] = [() => problem(401, "access-token-expired")];
  answers["POST /api/auth/refresh"] = [ok];
  expect((await read()).status).toBe(401);
  expect(sent.filter((request) => request === "GET /api/thing")).toHaveLength(2);
});

test("the end of the session is told, and the token forgotten", async () => {
  let ends = 0;
  transport.onSessionEnd = () => (ends += 1);
  answers["GET /api/thing"] = [() => problem(401, "access-token-expired")];
  answers["POST /api/auth/refresh"] = [() => problem(401, "session-ended")];
  expect((await read()).status).toBe(401);
  expect(ends).toBe(1);
});

test("silence is a problem that may pass", async () => {
  answers["GET /api/thing"] = [
    () => {
      throw new TypeError("Failed to fetch");
    },
  ];
  const thrown: unknown = await read().catch((error: unknown) => error);
  expect(isProblem(thrown, "offline") && thrown.retrySeconds).toBeGreaterThan(0);
});
