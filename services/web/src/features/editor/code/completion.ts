/** Completes what a map program may say: functions of the map library, their parameters, named territories. */

import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

import { XATRA as XATRA_LIBRARY, type NameSource } from "@/features/builder/name_sources";
import { TERRITORY_NAMES } from "@/features/builder/territory_names";
import { LOADERS, XATRA, type Callable } from "./library";

const CALLABLES = new Map([...XATRA, ...LOADERS].map((known) => [known.name, known]));
const MODULE: Completion = { label: "xatra", type: "namespace", detail: "the map library" };
const LANDS: Completion = { label: "lands", type: "namespace", detail: "xatra.territory_library, if imported so" };

/** Proposes what can stand where the cursor is; of territories, those of the library and of `sources`. */
export function completeMap(context: CompletionContext, sources: readonly NameSource[]): CompletionResult | null {
  const member = context.matchBefore(/\b\w+\.\w*/);
  if (member) {
    const [module = ""] = member.text.split(".");
    const options = importedFrom(module, sources) ?? membersOf(module);
    return options && { from: member.from + module.length + 1, options, validFor: /^\w*$/ };
  }
  const word = context.matchBefore(/\w+/);
  if (!word && !context.explicit) return null;
  const options = [
    ...parametersAt(context.state, context.pos),
    ...LOADERS.map(asCompletion),
    MODULE,
    LANDS,
    ...sources.flatMap(namesAtHand),
  ];
  return { from: word?.from ?? context.pos, options, validFor: /^\w*$/ };
}

/** Returns the territories of the import that is called so; null: none is. */
function importedFrom(alias: string, sources: readonly NameSource[]): Completion[] | null {
  const source = sources.find((other) => other.alias === alias);
  return source ? source.names.map((label) => ({ label, type: "constant", detail: source.title })) : null;
}

/** Returns what a source brings into a program by itself: territories without anything before them, else its alias. */
function namesAtHand({ alias, id, names, title }: NameSource): Completion[] {
  if (id === XATRA_LIBRARY) return [];
  if (alias) return [{ label: alias, type: "namespace", detail: title }];
  return names.map((label) => ({ label, type: "constant", detail: title }));
}

function membersOf(module: string): Completion[] | null {
  if (module === "xatra") return [...XATRA, ...LOADERS].map(asCompletion);
  if (module === "lands" || module === "territory_library") {
    return TERRITORY_NAMES.map((label) => ({ label, type: "constant" }));
  }
  return null;
}

function asCompletion({ name, about, parameters }: Callable): Completion {
  const names = parameters.map((parameter) => parameter.name).join(", ");
  return { label: name, type: /^[A-Z]/.test(name) ? "class" : "function", detail: `(${names})`, info: about };
}

/** Returns the parameters of the call that a place is in. */
function parametersAt(state: EditorState, position: number): Completion[] {
  const parameters = CALLABLES.get(calleeAt(state, position) ?? "")?.parameters ?? [];
  return parameters.map(({ name, about }) => ({ label: `${name}=`, type: "property", detail: about, boost: 10 }));
}

/** Returns the last name of what is called around a place: `Flag` within `xatra.Flag(…)`. */
export function calleeAt(state: EditorState, position: number): string | null {
  for (let node = syntaxTree(state).resolveInner(position, -1); ;) {
    if (node.name === "String" || node.name === "Comment") return null;
    if (node.name === "ArgList" && node.from < position) {
      const callee = node.prevSibling;
      return callee ? (state.sliceDoc(callee.from, callee.to).split(".").at(-1) ?? null) : null;
    }
    if (!node.parent) return null;
    node = node.parent;
  }
}
