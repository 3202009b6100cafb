import { expect, test } from "vitest";

import { hasNonce, readSaid } from "@/features/preview/messages";

const NONCE = "word";
const POINT = { nonce: NONCE, type: "mapPoint", lat: 25.6, lng: 85.1 };
const PICTURE = {
  nonce: NONCE,
  type: "mapPicture",
  id: 1,
  bytes: new ArrayBuffer(8),
  tilesLeftOut: 2,
  imagesLeftOut: 0,
};

test.each([
  POINT,
  { nonce: NONCE, type: "mapHello" },
  { nonce: NONCE, type: "mapStroke", points: [[1, 2]] },
  { nonce: NONCE, type: "mapKey", key: "Escape" },
  { nonce: NONCE, type: "mapView", id: 3, lat: 1, lng: 2, zoom: 5 },
  { nonce: NONCE, type: "mapPicture", id: 3, error: "too large" },
  PICTURE,
])("what a bridge says is understood: $type", (message) => {
  expect(readSaid(message)?.type).toBe(message.type);
});

test("a message without the map's nonce is not the map's", () => {
  expect(hasNonce(POINT, NONCE)).toBe(true);
  for (const message of [{ ...POINT, nonce: "other" }, { type: "mapPoint" }, { nonce: [NONCE] }, null, NONCE]) {
    expect(hasNonce(message, NONCE)).toBe(false);
  }
});

test.each([
  null,
  "mapPoint",
  { nonce: NONCE, type: "deleteEverything" },
  { ...POINT, lat: 90.01 },
  { ...POINT, lng: -360.01 },
  { ...POINT, lat: NaN },
  { ...POINT, lng: Infinity },
  { ...POINT, lat: "25.6" },
  { nonce: NONCE, type: "mapStroke", points: [] },
  { nonce: NONCE, type: "mapStroke", points: [[1, 2, 3]] },
  { nonce: NONCE, type: "mapStroke", points: [[1, 200000]] },
  { nonce: NONCE, type: "mapStroke", points: Array(5001).fill([1, 2]) },
  { nonce: NONCE, type: "mapKey", key: "Enter" },
  { nonce: NONCE, type: "mapView", id: 3, lat: 1, lng: 2, zoom: -1 },
  { ...PICTURE, id: -1 },
  { ...PICTURE, bytes: "data:image/png;base64,AAAA" },
  { ...PICTURE, tilesLeftOut: 1.5 },
])("a message of another form, or out of range, is nothing", (message) => {
  expect(readSaid(message)).toBeNull();
});
