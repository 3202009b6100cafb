/** What every kind of layer has to fill in: the one table that forms are made of. */

import type { ElementType } from "./document";

/** What a field holds, and so how it is edited. */
export type FieldKind =
  | "text"
  | "lines"
  | "code"
  | "number"
  | "whole"
  | "check"
  | "choice"
  | "period"
  | "years"
  | "territory"
  | "position"
  | "positions"
  | "unit"
  | "units"
  | "words"
  | "river"
  | "table"
  | "audio"
  | "seconds"
  | "icon"
  | "colours"
  | "colormap"
  | "norm"
  | "imports";

export interface Field {
  /** Where its value is in the element, such as `label` or `args.period`. */
  at: string;
  label: string;
  kind: FieldKind;
  /** It has to have a value. */
  required?: true;
  /** It is seldom needed, and shown on request. */
  more?: true;
  hint?: string;
  /** Of `choice`: what can be chosen, and how that is called. */
  choices?: Readonly<Record<string, string>>;
  /** What the library takes where nothing is said. */
  usual?: string | number | boolean;
}

/** Where the menu of new layers has a kind. */
export type Group = "Realms and places" | "Numbers" | "Words and sound" | "Names" | "The map" | "Colours" | "Code";

export interface Kind {
  title: string;
  /** None: nobody adds it by hand. */
  group?: Group;
  /** What it is, in a few words. */
  about: string;
  fields: readonly Field[];
  /** A new one, but for its type. */
  blank: Readonly<Record<string, unknown>>;
  /** New ones go before the layers, which take from it what they need. */
  goesFirst?: true;
}

const period: Field = { at: "args.period", label: "Period", kind: "period", hint: "Empty: always" };
const note: Field = { at: "args.note", label: "Note", kind: "lines", hint: "Shown where the pointer rests" };
const classes: Field = {
  at: "args.classes",
  label: "Classes",
  kind: "text",
  more: true,
  hint: "Names for style rules, parted by spaces",
};
const label: Field = { at: "label", label: "Label", kind: "text" };
const findIn: Field = {
  at: "args.find_in_gadm",
  label: "Look in the data of",
  kind: "units",
  more: true,
  hint: "Countries that hold units with foreign ids",
};
const showLabel: Field = { at: "args.show_label", label: "Show the label on the map", kind: "check" };
const labels: Field = { at: "args.n_labels", label: "Number of labels", kind: "whole", more: true, usual: 1 };
const rotation: Field = { at: "args.rotation", label: "Rotation in degrees", kind: "number", more: true };
const hoverRadius = (usual: number): Field => ({
  at: "args.hover_radius",
  label: "Reach of the pointer in pixels",
  kind: "whole",
  more: true,
  usual,
});
const line = [label, period, note, showLabel, labels, hoverRadius(10), classes] as const;

/** Every kind of element of the map document. */
export const KINDS: Readonly<Record<ElementType, Kind>> = {
  flag: {
    title: "Realm",
    group: "Realms and places",
    about: "A state, people or region: a coloured territory with a name",
    blank: { label: "New realm" },
    fields: [
      label,
      { at: "value", label: "Territory", kind: "territory" },
      period,
      note,
      { at: "args.color", label: "Colour", kind: "text", more: true, hint: "Such as #8b2f2f; empty: the next one" },
      {
        at: "args.type",
        label: "Standing",
        kind: "choice",
        more: true,
        choices: { vassal: "Vassal", province: "Province" },
      },
      { at: "args.inherit", label: "Colour of", kind: "text", more: true, hint: "The label of another realm" },
      { at: "args.display_label", label: "Shown as", kind: "text", more: true, hint: "Where the label itself is not" },
      classes,
    ],
  },
  river: {
    title: "River",
    group: "Realms and places",
    about: "One river of the map data",
    blank: { label: "New river", value: { type: "overpass", value: "1236345" } },
    fields: [label, { at: "value", label: "Course", kind: "river", required: true }, ...line.slice(1)],
  },
  path: {
    title: "Path",
    group: "Realms and places",
    about: "A line: a road, a campaign, a border",
    blank: {
      label: "New path",
      value: [
        [28.6, 77.2],
        [25.6, 85.1],
      ],
    },
    fields: [label, { at: "value", label: "Course", kind: "positions", required: true }, ...line.slice(1)],
  },
  point: {
    title: "Point",
    group: "Realms and places",
    about: "A place, with an icon",
    blank: { label: "New place", value: [25.6, 85.1] },
    fields: [
      label,
      { at: "value", label: "Place", kind: "position", required: true },
      { at: "args.icon", label: "Icon", kind: "icon" },
      period,
      note,
      showLabel,
      rotation,
      hoverRadius(20),
      classes,
    ],
  },
  text: {
    title: "Text",
    group: "Realms and places",
    about: "Words that lie on the map",
    blank: { label: "New text", value: [25.6, 85.1] },
    fields: [label, { at: "value", label: "Place", kind: "position", required: true }, period, note, rotation, classes],
  },
  admin: {
    title: "Units",
    group: "Realms and places",
    about: "The administrative units of a country",
    blank: { value: "IND", args: { level: 1 } },
    fields: [
      { at: "value", label: "Of", kind: "unit", required: true },
      { at: "args.level", label: "Level", kind: "whole", required: true, hint: "1: states, 2: districts" },
      period,
      { at: "args.color_by_level", label: "Coloured by level", kind: "whole", more: true, usual: 1 },
      findIn,
      classes,
    ],
  },
  admin_rivers: {
    title: "All rivers",
    group: "Realms and places",
    about: "Every river of the map data",
    blank: {},
    fields: [
      period,
      { at: "args.sources", label: "Sources", kind: "words", more: true, hint: "naturalearth, overpass" },
      showLabel,
      labels,
      classes,
    ],
  },
  data: {
    title: "Number",
    group: "Numbers",
    about: "A number of one unit, shown as a colour",
    blank: { value: "IND.1", args: { value: 0 } },
    fields: [
      { at: "value", label: "Unit", kind: "unit", required: true },
      { at: "args.value", label: "Number", kind: "number", required: true },
      period,
      findIn,
      classes,
    ],
  },
  dataframe: {
    title: "Table",
    group: "Numbers",
    about: "Numbers of many units, from a table (CSV)",
    blank: { value: { type: "csv", value: "GID,value\nIND.1,10\nIND.2,20\n" }, args: { data_column: "value" } },
    fields: [
      { at: "value", label: "Table", kind: "table", required: true },
      { at: "args.data_column", label: "Column with the numbers", kind: "text" },
      { at: "args.year_columns", label: "Columns with years", kind: "words", hint: "Such as 1950, 1960" },
      findIn,
      classes,
    ],
  },
  titlebox: {
    title: "Title",
    group: "Words and sound",
    about: "A box with a title and a few words",
    blank: { value: "<h2>Title</h2>" },
    fields: [{ at: "value", label: "HTML", kind: "code", required: true }, period],
  },
  music: {
    title: "Music",
    group: "Words and sound",
    about: "An audio file, played as the years pass",
    blank: { value: "music.mp3" },
    fields: [
      { at: "value", label: "Audio", kind: "audio", required: true },
      { at: "args.timestamps", label: "Part that is played, in seconds", kind: "seconds" },
      period,
    ],
  },
  territory: {
    title: "Territory",
    group: "Names",
    about: "A territory with a name, for several layers",
    blank: { name: "territory", value: [{ type: "gadm", value: "IND" }] },
    goesFirst: true,
    fields: [
      { at: "name", label: "Name", kind: "text", required: true },
      { at: "value", label: "Territory", kind: "territory", required: true },
    ],
  },
  icon: {
    title: "Icon",
    group: "Names",
    about: "An icon with a name, for several points",
    blank: { name: "icon", value: { type: "geometric", value: "circle" } },
    goesFirst: true,
    fields: [
      { at: "name", label: "Name", kind: "text", required: true },
      { at: "value", label: "Icon", kind: "icon", required: true },
    ],
  },
  hub_import: {
    title: "Import",
    group: "Names",
    about: "A library, map or theme that somebody published",
    blank: { name: "library", value: "/lib/name" },
    goesFirst: true,
    fields: [
      { at: "value", label: "Address", kind: "text", required: true, hint: "Such as /lib/name/2" },
      { at: "name", label: "Name here", kind: "text", hint: "By which territories of a library are called" },
      { at: "args.filter_only", label: "Only", kind: "words", more: true, hint: "Kinds of statements, such as Flag" },
      { at: "args.filter_not", label: "All but", kind: "words", more: true, hint: "Kinds of statements" },
    ],
  },
  import: {
    title: "Python import",
    about: "What the program takes from Python's packages",
    blank: {},
    fields: [
      { at: "module", label: "From", kind: "text" },
      { at: "names", label: "Names", kind: "imports", required: true },
    ],
  },
  slider: {
    title: "Time slider",
    group: "The map",
    about: "The years that the map goes through",
    blank: { args: { start: -500, end: 500 } },
    fields: [
      { at: "args.start", label: "From", kind: "years" },
      { at: "args.end", label: "To", kind: "years" },
      { at: "args.speed", label: "Years in a second", kind: "number", usual: 5 },
    ],
  },
  focus: {
    title: "Centre",
    group: "The map",
    about: "Where the map begins",
    blank: { args: { latitude: 22, longitude: 79 } },
    fields: [
      { at: "args.latitude", label: "Latitude", kind: "number", required: true },
      { at: "args.longitude", label: "Longitude", kind: "number", required: true },
    ],
  },
  zoom: {
    title: "Zoom",
    group: "The map",
    about: "How near the map begins",
    blank: { value: 5 },
    fields: [{ at: "value", label: "Zoom", kind: "whole", required: true, hint: "0: the world, 18: a house" }],
  },
  basemap: {
    title: "Base map",
    group: "The map",
    about: "What lies under everything else",
    blank: { value: "OpenStreetMap" },
    fields: [
      { at: "value", label: "Provider or address of tiles", kind: "text", required: true },
      { at: "args.name", label: "Name", kind: "text" },
      { at: "args.default", label: "Shown at first", kind: "check" },
    ],
  },
  geocoder: {
    title: "Place search",
    group: "The map",
    about: "Who finds today's places",
    blank: { value: "nominatim" },
    fields: [
      { at: "value", label: "Provider", kind: "text", usual: "nominatim" },
      { at: "args.api_key", label: "Key", kind: "text", more: true, hint: "Everyone who has the map can read it" },
    ],
  },
  simplify: {
    title: "Simplify",
    group: "The map",
    about: "Coarser outlines, and a smaller map",
    blank: { value: 0.01 },
    fields: [{ at: "value", label: "How far outlines may be off, in degrees", kind: "number" }],
  },
  css: {
    title: "Style rules",
    group: "The map",
    about: "CSS for the map and its layers",
    blank: { value: ".flag-label {\n  font-style: italic;\n}\n" },
    fields: [{ at: "value", label: "CSS", kind: "code", required: true }],
  },
  flag_color_sequence: {
    title: "Colours of realms",
    group: "Colours",
    about: "What realms below it are coloured in, one after the other",
    blank: { value: { type: "rotating", colors: [{ type: "hex", value: "#8b2f2f" }] } },
    goesFirst: true,
    fields: [
      { at: "value", label: "Colours", kind: "colours", required: true },
      { at: "args.class_name", label: "Only realms of class", kind: "text", more: true },
    ],
  },
  admin_color_sequence: {
    title: "Colours of units",
    group: "Colours",
    about: "What administrative units are coloured in",
    blank: { value: { type: "rotating", colors: [{ type: "hex", value: "#8b2f2f" }] } },
    goesFirst: true,
    fields: [{ at: "value", label: "Colours", kind: "colours", required: true }],
  },
  data_colormap: {
    title: "Colours of numbers",
    group: "Colours",
    about: "What numbers below it are coloured in",
    blank: { value: { type: "named", value: "viridis" } },
    goesFirst: true,
    fields: [
      { at: "value", label: "Colours", kind: "colormap" },
      { at: "args.vmin", label: "Lowest number", kind: "number" },
      { at: "args.vmax", label: "Highest number", kind: "number" },
      { at: "args.norm", label: "Equal ratios are equal steps", kind: "norm", more: true },
    ],
  },
  python: {
    title: "Python",
    group: "Code",
    about: "Statements of your own",
    blank: { value: "# Python\n" },
    fields: [{ at: "value", label: "Code", kind: "code", required: true }],
  },
};
