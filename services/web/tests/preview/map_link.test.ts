import { beforeEach, expect, test, vi } from "vitest";

import { MapLink, type Stroke } from "@/features/preview/map_link";

interface Asked {
  ask: string;
  nonce: string;
  id?: number;
}

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2, 3).buffer;

let strokes: Stroke[];
let posted: Asked[];
let link: MapLink;

beforeEach(() => {
  vi.useFakeTimers();
  strokes = [];
  posted = [];
  link = new MapLink((stroke) => strokes.push(stroke));
});

function attach(nonce = "word"): () => void {
  return link.attach((message) => posted.push(message as Asked), nonce);
}

function attached(): void {
  attach();
  link.hear({ nonce: "word", type: "mapHello" });
}

const asked = () => posted.map(({ ask }) => ask);

test("a map is ready once it has answered with its nonce", () => {
  attach();
  expect(link.isReady()).toBe(false);
  link.hear({ nonce: "other", type: "mapHello" });
  expect(link.isReady()).toBe(false);
  link.hear({ nonce: "word", type: "mapHello" });
  expect(link.isReady()).toBe(true);
});

test("points count only while something is drawn", () => {
  attached();
  const point = { nonce: "word", type: "mapPoint", lat: 1, lng: 2 };
  link.hear(point);
  link.draw("path", []);
  link.hear(point);
  link.draw(null, []);
  link.hear(point);
  expect(strokes).toEqual([{ kind: "points", points: [[1, 2]] }]);
});

test("of more than anybody can click in a second, nothing is taken", () => {
  attached();
  link.draw("path", []);
  for (let number = 0; number < 1000; number += 1)
    link.hear({ nonce: "word", type: "mapPoint", lat: 1, lng: number / 10 });
  expect(strokes.length).toBeLessThanOrEqual(30);
  const before = strokes.length;
  vi.advanceTimersByTime(1000);
  link.hear({ nonce: "word", type: "mapPoint", lat: 1, lng: 1 });
  expect(strokes).toHaveLength(before + 1);
});

test("what is drawn is shown on the next map too", () => {
  attached();
  link.draw("path", [[1, 2]]);
  attach("next");
  link.hear({ nonce: "next", type: "mapHello" });
  expect(posted.at(-1)).toEqual({ nonce: "next", ask: "draw", shape: "path", points: [[1, 2]] });
});

test("a map that is gone is not heard any more, and a former one does not end the next", () => {
  const detach = attach();
  attach("next");
  detach();
  link.draw("path", []);
  link.hear({ nonce: "word", type: "mapPoint", lat: 1, lng: 2 });
  link.hear({ nonce: "next", type: "mapPoint", lat: 3, lng: 4 });
  expect(strokes).toEqual([{ kind: "points", points: [[3, 4]] }]);
});

test("a question gets the answer to it", async () => {
  attached();
  const view = link.view();
  const { id } = posted.at(-1) ?? {};
  link.hear({ nonce: "word", type: "mapView", id: (id ?? 0) + 1, lat: 9, lng: 9, zoom: 9 });
  link.hear({ nonce: "word", type: "mapView", id, lat: 1, lng: 2, zoom: 3 });
  await expect(view).resolves.toEqual({ centre: [1, 2], zoom: 3 });
});

test("without a map that answers there is a problem instead of an endless wait", async () => {
  await expect(link.view()).rejects.toThrow("no map that answers");
  attached();
  const view = expect(link.view()).rejects.toThrow("no map that answers");
  await vi.advanceTimersByTimeAsync(60_000);
  await view;
});

test("a picture is of the type that was asked for, and says what is left out", async () => {
  attached();
  const picture = link.picture(2, "image/png");
  const { id } = posted.at(-1) ?? {};
  link.hear({ nonce: "word", type: "mapPicture", id, bytes: PNG, tilesLeftOut: 4, imagesLeftOut: 1 });
  const { blob, ...leftOut } = await picture;
  expect(blob.type).toBe("image/png");
  expect(leftOut).toEqual({ tilesLeftOut: 4, imagesLeftOut: 1 });
});

test("a picture waits for a map that is still being drawn, and not without end", async () => {
  attach();
  const picture = link.picture(2, "image/png");
  expect(asked()).toEqual(["hello"]);
  link.hear({ nonce: "word", type: "mapHello" });
  await vi.advanceTimersByTimeAsync(0);
  link.hear({
    nonce: "word",
    type: "mapPicture",
    id: posted.at(-1)?.id,
    bytes: PNG,
    tilesLeftOut: 0,
    imagesLeftOut: 0,
  });
  expect((await picture).blob.type).toBe("image/png");

  const none = expect(new MapLink().picture(2, "image/png")).rejects.toThrow("no map that answers");
  await vi.advanceTimersByTimeAsync(30_000);
  await none;
});

test("bytes that are no picture are none", async () => {
  attached();
  const picture = link.picture(2, "image/png");
  const bytes = new TextEncoder().encode("<script>").buffer;
  const { id } = posted.at(-1) ?? {};
  link.hear({ nonce: "word", type: "mapPicture", id, bytes, tilesLeftOut: 0, imagesLeftOut: 0 });
  await expect(picture).rejects.toThrow();
});

test("why a map makes no picture is told", async () => {
  attached();
  const picture = link.picture(2, "image/png");
  link.hear({ nonce: "word", type: "mapPicture", id: posted.at(-1)?.id, error: "the picture is too large" });
  await expect(picture).rejects.toThrow("the picture is too large");
  expect(asked()).toEqual(["hello", "picture"]);
});
