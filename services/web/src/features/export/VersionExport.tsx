/** Takes a published version of a map along. */

import { useQueryClient } from "@tanstack/react-query";

import type { MapLink } from "@/features/preview/map_link";
import { versionQuery, type Work } from "@/features/work/work";
import { answer, api } from "@/shared/api/client";
import { ExportMenu } from "./ExportMenu";

interface VersionExportProps {
  work: Work;
  version: number;
  url: string | null;
  map: MapLink;
  isOwn: boolean;
}

export function VersionExport({ work, version, url, map, isOwn }: VersionExportProps) {
  const queries = useQueryClient();
  const read = () => queries.query({ ...versionQuery(work, version), staleTime: Infinity });
  return (
    <ExportMenu
      name={work.name}
      url={url}
      map={map}
      getProgram={async () => {
        const { content, whole_content: whole } = await read();
        return whole ?? content;
      }}
      getDocument={async () => {
        const { content } = await read();
        return (await answer(api.POST("/document/parse", { body: { program: content } }))).document;
      }}
      {...(isOwn && { own: work })}
    />
  );
}
