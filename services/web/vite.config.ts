import { fileURLToPath } from "node:url";

import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const service = process.env.XATRA_SERVICE ?? "http://localhost:8080";

const DEVELOPMENT_BASE = "/xatra/";

export default defineConfig(({ command }) => ({
  // Addresses are relative to the <base> of index.html, which whoever serves it writes.
  base: command === "serve" ? DEVELOPMENT_BASE : "./",
  // The studio speaks English; the components bring thirty languages.
  plugins: [react(), { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" }, writeBase()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    assetsInlineLimit: 0, // the page's policy allows no data: addresses
    manifest: true, // scripts/sizes.js reads it
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  // The services take writes from pages of their own host alone, and have to see which that is.
  server: { proxy: { [`${DEVELOPMENT_BASE}api`]: { target: service, changeOrigin: false } } },
  test: { include: ["tests/**/*.test.{ts,tsx}"] },
}));

/** Writes the base path into the page, as whoever serves the build does. */
function writeBase(): Plugin {
  return {
    name: "base",
    apply: "serve",
    transformIndexHtml: (html) => html.replace('<base href="/" />', `<base href="${DEVELOPMENT_BASE}" />`),
  };
}
