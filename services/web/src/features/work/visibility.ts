/** Who can see a work. */

import type { ApiSchemas } from "@/shared/api/client";

export type Visibility = ApiSchemas["WorkBody"]["visibility"];

export const VISIBILITIES: readonly { id: Visibility; name: string }[] = [
  { id: "public", name: "Everyone; published, it is in Explore" },
  { id: "unlisted", name: "Whoever has the address" },
  { id: "private", name: "Only you" },
];
