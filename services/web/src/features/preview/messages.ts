/**
 * What the bridge in a map tells the page around it. Any program can make a map, and so send these: none of it is
 * trusted, and all of it is bounded.
 */

import * as z from "zod/mini";

/** Latitude and longitude in degrees. East and west of the date line, maps go on counting. */
export type Position = [number, number];

const MAX_STROKE_POINTS = 5000;
const MAX_PICTURE_BYTES = 64_000_000;

const latitude = z.number().check(z.minimum(-90), z.maximum(90));
const longitude = z.number().check(z.minimum(-360), z.maximum(360));
const count = z.int().check(z.minimum(0), z.maximum(100_000));

const said = z.discriminatedUnion("type", [
  z.object({ type: z.literal("mapHello") }),
  z.object({ type: z.literal("mapPoint"), lat: latitude, lng: longitude }),
  z.object({
    type: z.literal("mapStroke"),
    points: z.array(z.tuple([latitude, longitude])).check(z.minLength(1), z.maxLength(MAX_STROKE_POINTS)),
  }),
  z.object({ type: z.literal("mapKey"), key: z.enum(["Backspace", "Escape"]) }),
  z.object({
    type: z.literal("mapView"),
    id: count,
    lat: latitude,
    lng: longitude,
    zoom: z.number().check(z.minimum(0), z.maximum(30)),
  }),
  z.object({
    type: z.literal("mapPicture"),
    id: count,
    error: z.string().check(z.maxLength(1000)),
  }),
]);

const picture = z.object({
  type: z.literal("mapPicture"),
  id: count,
  bytes: z.instanceof(ArrayBuffer).check(z.refine(({ byteLength }) => byteLength <= MAX_PICTURE_BYTES)),
  tilesLeftOut: count,
  imagesLeftOut: count,
});

const message = z.union([picture, said]);

export type Said = z.infer<typeof message>;

/** Tells whether a message is of the map that was given this nonce. */
export function hasNonce(data: unknown, nonce: string): boolean {
  return typeof data === "object" && data !== null && (data as { nonce?: unknown }).nonce === nonce;
}

/** Reads a message; null: it is of no form that we know. */
export function readSaid(data: unknown): Said | null {
  const read = message.safeParse(data);
  return read.success ? read.data : null;
}
