/** Why somebody says that a work should not be here. */

import type { ApiSchemas } from "@/shared/api/client";

export type Reason = ApiSchemas["Reason"];

export const REASONS: readonly { id: Reason; name: string }[] = [
  { id: "unlawful", name: "It is against the law" },
  { id: "hateful", name: "It incites hatred" },
  { id: "harmful", name: "It does harm" },
  { id: "copyright", name: "It is somebody else’s work" },
  { id: "misleading", name: "It misleads" },
  { id: "spam", name: "It is advertising" },
  { id: "other", name: "Something else" },
];
