/** Hands files to whoever looks at the page. */

const MAX_CHARACTERS = 80;

/** Returns a name that every system takes for a file, such as `two_kingdoms.png`. */
export function fileNameOf(name: string, extension: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "_")
    .replace(/^[._-]+|[._-]+$/g, "")
    .slice(0, MAX_CHARACTERS);
  return `${plain || "map"}.${extension}`;
}

/** Returns the address of a rendered map as one file of this name that opens from disk. */
export function pageAddress(url: string, file: string): string {
  return `${url}?download=${file.replace(/\.html$/, "")}`;
}

/** Returns programs that run one after another in one scope as one. */
export function wholeProgram(programs: readonly string[]): string {
  return programs
    .filter(Boolean)
    .map((program) => (program.endsWith("\n") ? program : `${program}\n`))
    .join("\n");
}

export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  follow(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // the browser has begun to read it by then
}

/** Lets the browser save what lies at an address, under the name that its server gives it. */
export function saveFrom(address: string): void {
  follow(address, "");
}

function follow(address: string, name: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
}
