// @vitest-environment happy-dom
import { expect, test } from "vitest";

import { embedCode, oembedAddress } from "@/features/work/embed";

const API = "https://maps.example/xatra/api";

test("the code for other sites frames the latest version, or one of them, in the size that was chosen", () => {
  const size = { width: 800, height: 500 };
  expect(embedCode({ name: "maurya", version: null, ...size }, API)).toBe(
    '<iframe src="https://maps.example/xatra/api/embed/maurya" width="800" height="500" style="border:0" title="maurya"></iframe>',
  );
  expect(embedCode({ name: "maurya", version: 2, ...size }, API)).toContain(
    'src="https://maps.example/xatra/api/embed/maurya/2"',
  );
});

test("oEmbed is asked for the address of the map's page", () => {
  const asked = (version: number | null) => new URL(oembedAddress({ name: "maurya", version }, API));
  expect(asked(null).pathname).toBe("/xatra/api/oembed");
  expect(asked(null).searchParams.get("url")).toBe("https://maps.example/xatra/maurya");
  expect(asked(2).searchParams.get("url")).toBe("https://maps.example/xatra/maurya/v2");
});
