/** What the map library offers to a program, for completion. */

export interface Parameter {
  name: string;
  about: string;
}

export interface Callable {
  name: string;
  about: string;
  parameters: readonly Parameter[];
}

const P = (name: string, about: string): Parameter => ({ name, about });
const F = (name: string, about: string, ...parameters: Parameter[]): Callable => ({ name, about, parameters });

const period = P("period", "[start, end] in years, BC below zero; the end is not in it");
const note = P("note", "shown where the pointer rests");
const classes = P("classes", "names for style rules, parted by spaces");
const find = P("find_in_gadm", "countries whose data hold units with foreign ids");
const showLabel = P("show_label", "True: the label lies on the map");
const labels = P("n_labels", "how many labels");
const hover = P("hover_radius", "reach of the pointer in pixels");
const rotation = P("rotation", "in degrees");
const line = [note, classes, period, showLabel, labels, hover];

/** The functions of the module `xatra`. */
export const XATRA: readonly Callable[] = [
  F(
    "Flag",
    "A realm: a coloured territory with a name",
    P("label", "name of the realm"),
    P("value", "its territory"),
    period,
    note,
    P("color", "such as '#8b2f2f'; left out: the next of the sequence"),
    classes,
    P("type", "'vassal' or 'province'"),
    P("inherit", "label of the realm whose colour it takes"),
    P("display_label", "shown in the place of the label"),
  ),
  F("River", "A river", P("label", "its name"), P("value", "naturalearth(…) or overpass(…)"), ...line),
  F("Path", "A line: a road, a campaign", P("label", "its name"), P("value", "[[latitude, longitude], …]"), ...line),
  F(
    "Point",
    "A place",
    P("label", "its name"),
    P("position", "[latitude, longitude]"),
    note,
    period,
    P("icon", "an Icon"),
    showLabel,
    hover,
    classes,
    rotation,
  ),
  F(
    "Text",
    "Words that lie on the map",
    P("label", "the words"),
    P("position", "[latitude, longitude]"),
    note,
    classes,
    period,
    rotation,
  ),
  F(
    "Admin",
    "The administrative units of a country",
    P("gadm", "such as 'IND'"),
    P("level", "1: states, 2: districts"),
    period,
    classes,
    P("color_by_level", "units of one unit of this level share a colour"),
    find,
  ),
  F(
    "AdminRivers",
    "Every river of the map data",
    period,
    classes,
    P("sources", "['naturalearth', 'overpass']"),
    showLabel,
    labels,
  ),
  F(
    "Data",
    "A number of a unit, shown as a colour",
    P("gadm", "such as 'IND.12'"),
    P("value", "the number"),
    period,
    classes,
    find,
  ),
  F(
    "Dataframe",
    "A table of numbers of units",
    P("dataframe", "pd.read_csv(…), with the units' ids in the column GID"),
    P("data_column", "column of the numbers"),
    P("year_columns", "columns of numbers by year"),
    classes,
    find,
  ),
  F(
    "DataColormap",
    "The colours of numbers below it",
    P("colormap", "of matplotlib, such as 'viridis'"),
    P("vmin", "lowest number"),
    P("vmax", "highest number"),
    P("norm", "such as LogNorm()"),
  ),
  F("TitleBox", "A title", P("html", "what it says"), period),
  F("CSS", "Style rules", P("css", "the rules")),
  F(
    "Music",
    "An audio file that came with the map",
    P("path", "its name"),
    P("timestamps", "(from, to) in seconds"),
    period,
  ),
  F(
    "BaseOption",
    "A base map to choose from",
    P("url_or_provider", "such as 'OpenStreetMap'"),
    P("name", "how it is called"),
    P("default", "True: shown at first"),
  ),
  F(
    "Geocoder",
    "Who finds today's places",
    P("provider", "such as 'nominatim'"),
    P("api_key", "if the provider asks for one"),
  ),
  F(
    "FlagColorSequence",
    "The colours of realms below it",
    P("color_sequence", "such as RotatingColorSequence()"),
    P("class_name", "only realms of this class"),
  ),
  F("AdminColorSequence", "The colours of units", P("color_sequence", "such as RotatingColorSequence()")),
  F(
    "slider",
    "The years that the map goes through",
    P("start", "first year"),
    P("end", "last year"),
    P("speed", "years in a second"),
  ),
  F("zoom", "How near the map begins", P("level", "0: the world, 18: a house")),
  F("focus", "Where the map begins", P("latitude", "in degrees"), P("longitude", "in degrees")),
  F("simplify", "Coarser outlines", P("tolerance", "how far they may be off, in degrees")),
  F("show", "This is the map"),
  F("new_map", "Begins another map"),
];

/** What programs import from the library by name. */
export const LOADERS: readonly Callable[] = [
  F("gadm", "An administrative unit, as a territory", P("key", "such as 'IND.5'"), find),
  F("naturalearth", "A feature of Natural Earth", P("ne_id", "its number there")),
  F("overpass", "A feature of OpenStreetMap", P("osm_id", "its number there"), P("osm_type", "'relation' or 'way'")),
  F("polygon", "A drawn area", P("coords", "[[latitude, longitude], …]"), P("holes", "areas that are not in it")),
  F(
    "xatrahub",
    "What somebody published",
    P("path", "'/lib/name/2'"),
    P("filter_only", "only these statements"),
    P("filter_not", "all but these statements"),
  ),
  F(
    "Icon",
    "An icon: Icon.builtin, Icon.bootstrap, Icon.geometric",
    P("icon_url", "address of a picture"),
    P("icon_size", "(width, height)"),
  ),
  F("Territory", "Territories: a | b, a - b, a & b"),
];
