/** Says what the first visit to a page downloads, compressed, and fails where that is too much. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MAX_EXPLORE_BYTES = 200_000;
const PAGES = {
  Explore: ["index.html", "src/features/explore/ExplorePage.tsx"],
  "a published map": ["index.html", "src/features/work/WorkPage.tsx"],
  "the builder": ["index.html", "src/features/editor/DraftPage.tsx"],
  "the builder and the code editor": [
    "index.html",
    "src/features/editor/DraftPage.tsx",
    "src/features/editor/code/CodeEditor.tsx",
  ],
};

/** @typedef {{ file: string, imports?: string[], css?: string[] }} Chunk */

/** @type {unknown} */
const manifest = JSON.parse(read(".vite/manifest.json").toString());
const chunks = /** @type {Record<string, Chunk>} */ (manifest);

/** @param {string} file */
function read(file) {
  return readFileSync(new URL(`../dist/${file}`, import.meta.url));
}

/**
 * Adds the files that a chunk needs.
 *
 * @param {string} name
 * @param {Set<string>} files
 */
function collect(name, files) {
  const chunk = chunks[name];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const file of chunk.css ?? []) files.add(file);
  for (const imported of chunk.imports ?? []) collect(imported, files);
}

for (const [page, entries] of Object.entries(PAGES)) {
  /** @type {Set<string>} */
  const files = new Set(["index.html"]);
  for (const entry of entries) collect(entry, files);
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
  console.log(`${page}: ${(bytes / 1000).toFixed(0)} kB in ${files.size} files`);
  if (page === "Explore" && bytes > MAX_EXPLORE_BYTES) process.exitCode = 1;
}
