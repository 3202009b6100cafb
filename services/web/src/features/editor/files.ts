/** Uploads files for programs to read. */

import { answer, api, type ApiSchemas } from "@/shared/api/client";

const MAX_NAME = 100;

/** Returns the name by which a program can open a file: letters, digits, spaces and a few signs. */
export function fileName(name: string): string {
  return name
    .replace(/[^\p{L}\p{N}_ .()-]/gu, "_")
    .replace(/^[^\p{L}\p{N}_]/u, "_")
    .slice(0, MAX_NAME);
}

/** Uploads a file; what is there already is not stored twice. */
export function upload(file: File): Promise<ApiSchemas["UploadedFile"]> {
  const name = fileName(file.name);
  const type = name.toLowerCase().endsWith(".csv") ? "text/csv" : file.type || "application/octet-stream";
  return answer(
    api.PUT("/files", {
      params: { query: { name } },
      headers: { "Content-Type": type },
      body: file as unknown as string, // the document calls bytes a string
      bodySerializer: (body) => body,
    }),
  );
}
