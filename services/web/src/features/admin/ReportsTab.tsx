/** What readers have told of works, and what came of it. */

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Byline } from "@/features/work/Byline";
import { HideDialog } from "@/features/work/HideDialog";
import { KIND_WORDS } from "@/features/work/kinds";
import { REPORTS_KEY, useModeration } from "@/features/work/moderation";
import { REASONS } from "@/features/work/reasons";
import { WorkLink } from "@/features/work/WorkLink";
import { answer, api, type ApiSchemas } from "@/shared/api/client";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { TextField } from "@/shared/ui/fields";
import { MoreButton } from "@/shared/ui/MoreButton";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Segments } from "@/shared/ui/Segments";
import { SendForm } from "@/shared/ui/SendForm";
import { sayTime } from "@/shared/ui/time";
import { Waiting } from "@/shared/ui/Waiting";

type Report = ApiSchemas["ReportBody"];

const STATES = [
  { id: "open", name: "Open" },
  { id: "resolved", name: "Resolved" },
] as const;

export function ReportsTab() {
  const [state, setState] = useState<(typeof STATES)[number]["id"]>("open");
  const reports = useInfiniteQuery({
    queryKey: [...REPORTS_KEY, state],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/admin/reports", { params: { query: { state, ...(pageParam !== null && { cursor: pageParam }) } } }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const found = reports.data?.pages.flatMap((page) => page.reports) ?? [];
  return (
    <>
      <Segments label="Which reports" value={state} choices={STATES} onChange={setState} />
      {reports.isPending && <Waiting />}
      {reports.isError && <ProblemNote error={reports.error} onRetry={() => void reports.refetch()} />}
      {reports.isSuccess && found.length === 0 && (
        <p className="hint">{state === "open" ? "Nothing is waiting for you." : "None was resolved yet."}</p>
      )}
      <ul className="stack" aria-label="Reports">
        {found.map((report) => (
          <li key={report.id} className="card stack">
            <ReportCard report={report} />
          </li>
        ))}
      </ul>
      <MoreButton query={reports} />
    </>
  );
}

function ReportCard({ report }: { report: Report }) {
  const { work } = report;
  const [opened, setOpened] = useState<"hide" | "resolve" | null>(null);
  const { hide } = useModeration(work);
  const close = () => setOpened(null);
  return (
    <>
      <h2>
        <WorkLink work={work} />
      </h2>
      <p className="hint">
        {KIND_WORDS[work.kind].one} <Byline author={work.author} />
        {work.visibility !== "public" && ` · ${work.visibility}`}
        {work.hidden_reason !== null && ` · hidden: ${work.hidden_reason}`}
      </p>
      <div>
        <strong>{REASONS.find(({ id }) => id === report.reason)?.name}</strong>
        {report.details && <p className="report-details">{report.details}</p>}
      </div>
      <p className="hint">
        {report.reporter ?? "a guest"}, {sayTime(report.created_at)}
        {report.resolved_at && (
          <>
            <br />
            {report.resolved_by ?? "somebody"}, {sayTime(report.resolved_at)}: {report.resolution}
          </>
        )}
      </p>
      {hide.isError && <ProblemNote error={hide.error} />}
      <div className="row">
        {report.resolved_at === null && <Button onPress={() => setOpened("resolve")}>Leave it as it is …</Button>}
        {work.hidden_reason === null ? (
          <Button look="danger" onPress={() => setOpened("hide")}>
            Hide {work.name} …
          </Button>
        ) : (
          <Button isDisabled={hide.isPending} onPress={() => hide.mutate(null)}>
            Show {work.name} again
          </Button>
        )}
      </div>
      {opened === "hide" && <HideDialog work={work} isOpen onClose={close} />}
      {opened === "resolve" && <ResolveDialog id={report.id} onClose={close} />}
    </>
  );
}

function ResolveDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const queries = useQueryClient();
  const [resolution, setResolution] = useState("");
  const resolve = useMutation({
    mutationFn: () => {
      const params = { path: { report_id: id } };
      return answer(api.PUT("/admin/reports/{report_id}", { params, body: { resolution: resolution.trim() } }));
    },
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: REPORTS_KEY });
    },
  });
  return (
    <Dialog title="Resolve the report" isOpen onClose={onClose}>
      <SendForm
        state={resolve}
        onSend={() => resolve.mutate()}
        action="Resolve"
        look="primary"
        isReady={resolution.trim() !== ""}
        onCancel={onClose}
      >
        <TextField
          label="Why the work stays as it is; administrators alone read this"
          value={resolution}
          onChange={setResolution}
          lines={3}
          maxLength={1000}
          autoFocus
          required
        />
      </SendForm>
    </Dialog>
  );
}
