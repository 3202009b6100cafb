import { fileURLToPath } from "node:url";

import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const service = process.env.XATRA_SERVICE ?? "http://localhost:8080";

export default defineConfig({
  // Addresses are relative to the <base> of index.html, which whoever serves it writes.
  base: "./",
  // The studio speaks English; the components bring thirty languages.
  plugins: [react(), { ...optimizeLocales.vite({ locales: ["en-US"] }), enforce: "pre" }],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: {
    assetsInlineLimit: 0, // the page's policy allows no data: addresses
    manifest: true, // scripts/sizes.js reads it
    modulePreload: { polyfill: false },
    target: "es2022",
  },
  server: { proxy: { "/xatra/api": service } },
  test: { include: ["tests/**/*.test.{ts,tsx}"] },
});
