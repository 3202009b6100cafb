/** How requests went: figures of each route, and the requests that were kept. */

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { MoreButton } from "@/shared/ui/MoreButton";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Segments } from "@/shared/ui/Segments";
import { sayTime } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";
import { sayMilliseconds, sayShare } from "./figures";

type KeptRequest = ApiSchemas["RecordedRequest"];

const VIEWS = [
  { id: "routes", name: "Routes" },
  { id: "errors", name: "Errors" },
  { id: "slow", name: "Slow" },
  { id: "recent", name: "Recent" },
] as const;

type View = (typeof VIEWS)[number]["id"];

const PATHS = {
  errors: "/admin/requests/errors",
  slow: "/admin/requests/slow",
  recent: "/admin/requests",
} as const;

export function RequestsTab() {
  const [view, setView] = useState<View>("routes");
  return (
    <>
      <Segments label="What of requests" value={view} choices={VIEWS} onChange={setView} />
      {view === "routes" ? <Routes /> : <Requests key={view} path={PATHS[view]} />}
    </>
  );
}

function Routes() {
  const stats = useQuery({
    queryKey: ["admin", "requests", "stats"],
    queryFn: () => answer(api.GET("/admin/requests/stats")),
    staleTime: 0,
  });
  if (stats.isPending) return <Waiting />;
  if (stats.isError) return <ProblemNote error={stats.error} onRetry={() => void stats.refetch()} />;
  return (
    <div className="admin-figures">
      <table>
        <caption className="hint">The last {stats.data.hours} hours; estimated where a sample was kept.</caption>
        <thead>
          <tr>
            {["Route", "Requests", "Our errors", "p50", "p95", "p99"].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stats.data.routes.map((route) => (
            <tr key={`${route.service} ${route.method} ${route.route}`}>
              <th scope="row">
                {route.method} {route.route} {route.service === "api" ? "" : `(${route.service})`}
              </th>
              <td>{Math.round(route.requests)}</td>
              <td>{sayShare(route.error_rate)}</td>
              <td>{sayMilliseconds(route.p50_milliseconds)}</td>
              <td>{sayMilliseconds(route.p95_milliseconds)}</td>
              <td>{sayMilliseconds(route.p99_milliseconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Requests({ path }: { path: (typeof PATHS)[keyof typeof PATHS] }) {
  const requests = useInfiniteQuery({
    queryKey: ["admin", "requests", path],
    queryFn: ({ pageParam }) =>
      answer(api.GET(path, { params: { query: pageParam === null ? {} : { cursor: pageParam } } })),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: 0,
  });
  if (requests.isPending) return <Waiting />;
  const found = requests.data?.pages.flatMap((page) => page.requests) ?? [];
  return (
    <>
      {requests.isError && <ProblemNote error={requests.error} onRetry={() => void requests.refetch()} />}
      {requests.isSuccess && found.length === 0 && <p className="hint">None was kept.</p>}
      <ul className="admin-list" aria-label="Requests">
        {found.map((request) => (
          <li key={request.id}>
            <strong>{request.status}</strong> {request.method} {request.route} {sayMilliseconds(request.milliseconds)}
            <p className="hint">{about(request)}</p>
          </li>
        ))}
      </ul>
      <MoreButton query={requests} />
    </>
  );
}

function about({
  started_at: at,
  username,
  address,
  country,
  request_id: id,
  query_names: names,
}: KeptRequest): string {
  const query = names.length > 0 && `asked with ${names.join(", ")}`;
  return [sayTime(at), username, address && `from ${address}`, country, query, id].filter(Boolean).join(" · ");
}
