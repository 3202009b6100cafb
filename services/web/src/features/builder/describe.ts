/** Says what a layer is in a few words, for the list of layers. */

import { readPath } from "@/features/imports/paths";
import type { Element, Period } from "./document";
import { KINDS } from "./fields";
import { fieldOf } from "./operations";
import { sayPeriod, sayYear } from "./years";

const MAX_CHARACTERS = 60;

/** Returns the name of a layer: its label, its own name, or what it holds. */
export function nameOf(element: Element): string {
  if ("label" in element && element.label) return element.label;
  if ("name" in element && element.name) return element.name;
  return shortened(contentOf(element)) || KINDS[element.type].title;
}

/** Returns what else is worth seeing at a glance: kind and period. */
export function detailsOf(element: Element): string {
  const period = fieldOf(element, "args.period") as Period | undefined;
  return [KINDS[element.type].title, period && sayPeriod(period)].filter(Boolean).join(" · ");
}

function contentOf(element: Element): string {
  switch (element.type) {
    case "titlebox":
      return element.value.replace(/<[^>]*>/g, " ");
    case "slider":
      return [element.args?.start, element.args?.end].map((year) => (year == null ? "" : sayYear(year))).join(" to ");
    case "focus":
      return `${element.args.latitude}, ${element.args.longitude}`;
    case "admin":
      return `${element.value}, level ${element.args.level}`;
    case "data":
      return `${element.value}: ${element.args.value}`;
    case "import":
      return element.names.map(({ name }) => name).join(", ");
    case "zoom":
    case "simplify":
      return `${element.value ?? ""}`;
    case "basemap":
      return element.args?.name ?? element.value;
    case "python":
    case "css":
    case "music":
      return element.value;
    case "hub_import":
      return readPath(element.value)?.name ?? element.value;
    default:
      return "";
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS - 1)}…` : line;
}
