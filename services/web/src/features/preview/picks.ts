/** What maps tell of a click on something that can be picked. Any program can make a map: nothing it says is trusted. */

import * as z from "zod/mini";

const short = z.string().check(z.minLength(1), z.maxLength(200));
const pick = z.discriminatedUnion("featureType", [
  z.object({
    type: z.literal("mapFeaturePick"),
    featureType: z.literal("gadm"),
    gid: short,
    name: z.optional(short),
    hoverMode: z.optional(z.enum(["add", "remove"])),
  }),
  z.object({ type: z.literal("mapFeaturePick"), featureType: z.literal("territory"), name: short }),
  z.object({
    type: z.literal("mapFeaturePick"),
    featureType: z.literal("river"),
    id: short,
    source_type: z.enum(["naturalearth", "overpass"]),
    name: z.optional(short),
  }),
]);

export type Pick = z.infer<typeof pick>;

/** Reads a message of a map; null: it is of no form that we know. */
export function readPick(message: unknown): Pick | null {
  const read = pick.safeParse(message);
  return read.success ? read.data : null;
}
