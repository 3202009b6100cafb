/** The program of a published version, to be read and copied. */

import { useQuery } from "@tanstack/react-query";

import { Button } from "@/shared/ui/Button";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { Waiting } from "@/shared/ui/Waiting";
import type { WorkId } from "./kinds";
import { versionQuery } from "./work";

interface ProgramDialogProps {
  work: WorkId;
  version: number;
  isOpen: boolean;
  onClose: () => void;
}

export function ProgramDialog({ work, version, isOpen, onClose }: ProgramDialogProps) {
  return (
    <Dialog title={`Program of ${work.name}, version ${version}`} wide isOpen={isOpen} onClose={onClose}>
      <Program work={work} version={version} />
      <div className="actions">
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}

function Program({ work, version }: { work: WorkId; version: number }) {
  const published = useQuery(versionQuery(work, version));
  if (published.isPending) return <Waiting />;
  if (published.isError) return <ProblemNote error={published.error} onRetry={() => void published.refetch()} />;
  const { content, whole_content: whole } = published.data;
  return <CopyField label="Python" value={whole ?? content} lines={24} />;
}
