/** The box in which the program is written: a text area with line numbers that knows how Python is indented. */

const INDENT = 4;

export class CodeBox {
  #area;
  #numbers;
  #failedLine = null;
  #mayLeave = false;

  /**
   * @param {HTMLTextAreaElement} area
   * @param {HTMLElement} numbers Where the line numbers stand.
   * @param {() => void} onRender Called on Ctrl+Enter and ⌘+Enter.
   */
  constructor(area, numbers, onRender) {
    this.#area = area;
    this.#numbers = numbers;
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onRender();
      } else if (event.key === "Tab" && !event.shiftKey && !this.#mayLeave) {
        event.preventDefault();
        this.#indent();
      }
      this.#mayLeave = event.key === "Escape";
    });
    area.addEventListener("input", () => this.markLine(null));
    area.addEventListener("scroll", () => {
      numbers.scrollTop = area.scrollTop;
    });
  }

  get program() {
    return this.#area.value;
  }

  /** Replaces the program, so that the browser's undo brings the former one back. */
  set program(program) {
    const focused = document.activeElement;
    this.#area.select();
    this.#insert(program);
    this.#area.setSelectionRange(0, 0);
    this.#area.scrollTo(0, 0);
    this.#area.blur();
    focused.focus({ preventScroll: true });
  }

  /** Marks the line that failed in the margin; null marks none. */
  markLine(line) {
    this.#failedLine = line;
    const count = this.program.split("\n").length;
    this.#numbers.replaceChildren(
      ...Array.from({ length: count }, (_, index) => {
        const number = document.createElement("div");
        number.textContent = index + 1;
        number.classList.toggle("failed", index + 1 === this.#failedLine);
        return number;
      }),
    );
    this.#numbers.scrollTop = this.#area.scrollTop;
  }

  /** Selects a line, brings it into view and goes there. */
  selectLine(line) {
    const lines = this.program.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.#area.focus();
    this.#area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    const lineHeight = Number.parseFloat(getComputedStyle(this.#area).lineHeight);
    this.#area.scrollTo(0, (line - 1) * lineHeight - this.#area.clientHeight / 2);
  }

  /** Fills up to the next tab stop, or indents the selected lines. */
  #indent() {
    const { value, selectionStart, selectionEnd } = this.#area;
    const lineStart = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const selected = value.slice(lineStart, selectionEnd);
    if (!value.slice(selectionStart, selectionEnd).includes("\n")) {
      this.#insert(" ".repeat(INDENT - ((selectionStart - lineStart) % INDENT)));
      return;
    }
    const indented = selected.replace(/^(?=.)/gm, " ".repeat(INDENT));
    this.#area.setSelectionRange(lineStart, selectionEnd);
    this.#insert(indented);
    this.#area.setSelectionRange(lineStart, lineStart + indented.length);
  }

  #insert(text) {
    this.#area.focus({ preventScroll: true });
    // Deprecated, and still the only way that undo can take back.
    if (!document.execCommand("insertText", false, text)) {
      this.#area.setRangeText(text, this.#area.selectionStart, this.#area.selectionEnd, "end");
      this.markLine(null);
    }
  }
}
