/** What a render said: errors with lines to jump to, warnings, printed output, and problems with a way out of them. */

const LINE_OF_PROGRAM = /(?<=File "map\.py", )line (\d+)|^line (\d+)(?=:)/gm;

export class Messages {
  #panel;
  #onLine;
  #countdown;

  /**
   * @param {HTMLElement} panel
   * @param {(line: number) => void} onLine Called when somebody wants to see a line.
   */
  constructor(panel, onLine) {
    this.#panel = panel;
    this.#onLine = onLine;
  }

  clear() {
    clearInterval(this.#countdown);
    this.#panel.replaceChildren();
    this.#panel.hidden = true;
  }

  /** Shows what a render that has ended tells its author. */
  showRender({ error, warnings, output }) {
    this.clear();
    if (error) {
      const where = error.line ? [" (", this.#lineButton(error.line), ")"] : [];
      this.#add("error", error.type, element("p", {}, error.message, ...where), this.#text(error.traceback));
    }
    if (warnings.length) {
      const items = warnings.map((warning) => element("li", {}, ...this.#withLines(warning)));
      this.#add("warning", "Warnings", element("ul", {}, ...items));
    }
    if (output) this.#add("output", "Printed", this.#text(output));
  }

  /**
   * Shows why the service did not do what it was asked for.
   *
   * @param {import("./api.js").Problem} problem
   * @param {string} heading
   * @param {() => void} onRetry Tries again; offered where that can help.
   */
  showProblem(problem, heading, onRetry) {
    this.clear();
    const errors = problem.errors
      .filter(({ line }) => line)
      .map(({ line, message }) => element("li", {}, this.#lineButton(line), `: ${message}`));
    this.#add(
      "error",
      heading,
      errors.length ? element("ul", {}, ...errors) : element("p", {}, problem.message),
      problem.retrySeconds !== null ? this.#retryButton(problem.retrySeconds, onRetry) : "",
    );
  }

  #add(kind, heading, ...content) {
    this.#panel.append(element("div", { className: `message ${kind}` }, element("h3", {}, heading), ...content));
    this.#panel.hidden = false;
  }

  #text(text) {
    return text ? element("pre", { tabIndex: 0 }, ...this.#withLines(text)) : "";
  }

  /** Makes the lines that a text names into buttons that lead to them. */
  #withLines(text) {
    const parts = [];
    let end = 0;
    for (const match of text.matchAll(LINE_OF_PROGRAM)) {
      parts.push(text.slice(end, match.index), this.#lineButton(Number(match[1] ?? match[2])));
      end = match.index + match[0].length;
    }
    return [...parts, text.slice(end)];
  }

  #lineButton(line) {
    return element("button", { type: "button", className: "line", onclick: () => this.#onLine(line) }, `line ${line}`);
  }

  #retryButton(seconds, onRetry) {
    const button = element("button", { type: "button", onclick: onRetry });
    let left = seconds;
    const show = () => {
      button.disabled = left > 0;
      button.textContent = left > 0 ? `Try again in ${left} s` : "Try again";
      if (left <= 0) clearInterval(this.#countdown);
      left -= 1;
    };
    this.#countdown = setInterval(show, 1000);
    show();
    return button;
  }
}

export function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
