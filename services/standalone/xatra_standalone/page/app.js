/** The first page: a code box, the state of the render, the map, and a gallery of examples. */

import * as api from "./api.js";
import { CodeBox } from "./code_box.js";
import { Messages, element } from "./messages.js";
import { headline, sentence } from "./wording.js";

const $ = (id) => document.getElementById(id);

const code = new CodeBox($("code"), $("line-numbers"), startRender);
const messages = new Messages($("messages"), (line) => code.selectLine(line));

/** Name by which the program opens a file -> what is known of it. */
const files = new Map();
let examples = [];

// --- Rendering: one at a time; a new one ends the interest in the former ---

/** What is known here of one render. */
class Run {
  abort = new AbortController();
  sentAt = performance.now();
  runningSince = null;
  render = null; // what the API said last
  isStopping = false;
}

let run = null;

async function startRender() {
  const former = run;
  const mine = new Run();
  run = mine;
  if (former) abandon(former);
  messages.clear();
  code.markLine(null);
  showState();
  try {
    const shas = Object.fromEntries([...files].map(([name, file]) => [name, file.sha256]));
    change(mine, await api.askForRender(code.program, shas));
    if (api.isFinal(mine.render)) return;
    if (mine.isStopping) await stopOnServer(mine);
    await api.follow(mine.render.id, (render) => change(mine, render), mine.abort.signal);
  } catch (error) {
    fail(mine, error);
  }
}

function change(mine, render) {
  mine.render = render;
  if (render.state === "running") mine.runningSince ??= performance.now();
  if (run !== mine) return;
  if (!api.isFinal(render)) {
    showState();
    return;
  }
  run = null;
  showEnd(mine);
}

function fail(mine, error) {
  if (run !== mine) return;
  run = null;
  if (!(error instanceof api.Problem)) throw error;
  const line = error.errors.find((part) => part.line)?.line ?? null;
  code.markLine(line);
  messages.showProblem(error, line ? "The program is not valid" : "No render", startRender);
  showState();
  show(line ? `Not rendered: see line ${line}` : "Not rendered", "bad");
  say(`Not rendered. ${error.message}`);
}

async function stop() {
  if (!run) return;
  run.isStopping = true;
  showState();
  if (!run.render) return; // it is stopped as soon as it has an id
  const mine = run;
  try {
    await stopOnServer(mine);
  } catch (error) {
    fail(mine, error);
  }
}

async function stopOnServer(mine) {
  change(mine, await api.cancelRender(mine.render.id));
  if (api.isFinal(mine.render)) mine.abort.abort();
}

/** Ends the interest in a render that a newer one has replaced; nobody waits for the answer. */
function abandon(former) {
  former.isStopping = true;
  former.abort.abort();
  if (former.render && !api.isFinal(former.render)) api.cancelRender(former.render.id).catch(() => {});
}

// --- What is seen of it ---

function showState() {
  $("stop").disabled = !run || run.isStopping;
  if (!run) return;
  show(sentence(run), "busy");
  say(headline(run));
}

setInterval(() => {
  if (run) show(sentence(run), "busy");
}, 100);

function showEnd(mine) {
  const { render } = mine;
  showState();
  messages.showRender(render);
  code.markLine(render.error?.line ?? null);
  show(sentence(mine), render.state === "succeeded" ? "good" : "bad");
  say(render.error ? `${sentence(mine)}. ${render.error.message}` : sentence(mine));
  if (render.artefact) showMap(render.artefact.url);
}

function show(text, kind) {
  $("state").textContent = text;
  $("state").dataset.kind = kind;
}

/** Tells those who listen to the page. */
function say(text) {
  if ($("announcement").textContent !== text) $("announcement").textContent = text;
}

function showMap(url) {
  $("open-map").href = url;
  $("download-map").href = `${url}?download`;
  $("map-links").hidden = false;
  $("no-map").hidden = true;
  $("map").hidden = false;
  // Replaced rather than navigated, which would fill the browser's history with maps.
  const frame = $("map").cloneNode();
  // From a site of their own, maps may have its origin; from ours, never.
  frame.sandbox.toggle("allow-same-origin", new URL(url, location).hostname !== location.hostname);
  frame.src = url;
  $("map").replaceWith(frame);
}

// --- Attached files ---

async function attach(chosen) {
  for (const file of chosen) {
    const name = file.name.replace(/[^\p{L}\p{N}_ .()-]/gu, "_").replace(/^[^\p{L}\p{N}_]/u, "_").slice(0, 100);
    show(`Uploading ${name}`, "busy");
    try {
      files.set(name, await api.upload(file, name));
      show(`Attached ${name}`, "good");
      say(`Attached ${name}`);
    } catch (error) {
      if (!(error instanceof api.Problem)) throw error;
      messages.showProblem(error, `Not attached: ${name}`, () => attach([file]));
      show(`Not attached: ${name}`, "bad");
      say(`Not attached: ${name}. ${error.message}`);
    }
    showFiles();
  }
}

function showFiles() {
  $("files").replaceChildren(
    ...[...files].map(([name, { size_bytes: size }]) => {
      const remove = () => {
        files.delete(name);
        showFiles();
        $("file").focus();
      };
      const kilobytes = size === undefined ? "" : ` ${Math.ceil(size / 1000).toLocaleString()} kB`;
      return element(
        "li",
        {},
        element("code", {}, name),
        kilobytes,
        element("button", { type: "button", onclick: remove, ariaLabel: `Detach ${name}`, title: "Detach" }, "×"),
      );
    }),
  );
}

// --- Gallery: the address keeps the example, as in #maurya ---

async function showGallery() {
  try {
    [examples] = await Promise.all([api.listExamples(), api.becomeGuest()]);
  } catch (error) {
    if (!(error instanceof api.Problem)) throw error;
    messages.showProblem(error, "Not ready", () => {
      messages.clear();
      showGallery();
    });
    show("The service is not ready", "bad");
    return;
  }
  $("examples").replaceChildren(
    ...examples.map(({ slug, title, description }) =>
      element(
        "li",
        {},
        element("a", { href: `#${slug}` }, element("strong", {}, title), element("span", {}, description)),
      ),
    ),
  );
  openExample();
}

/** Opens the example that the address names, or the first. */
function openExample() {
  const slug = decodeURIComponent(location.hash.slice(1));
  const example = examples.find((candidate) => candidate.slug === slug) ?? (code.program ? null : examples[0]);
  if (!example) return;
  for (const link of $("examples").querySelectorAll("a")) {
    if (link.getAttribute("href") === `#${example.slug}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  code.program = example.program;
  files.clear();
  for (const [name, sha256] of Object.entries(example.files)) files.set(name, { sha256 });
  showFiles();
  startRender();
}

$("render").addEventListener("click", startRender);
$("stop").addEventListener("click", stop);
$("file").addEventListener("change", async ({ target }) => {
  await attach([...target.files]);
  target.value = "";
});
$("examples").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  document.querySelector(".map").scrollIntoView();
  if (link.getAttribute("href") === location.hash) openExample(); // no hashchange will come
});
window.addEventListener("hashchange", openExample);

code.markLine(null);
showGallery();
