/** What libraries and themes are for, and what new ones begin with. */

import type { Kind } from "@/features/work/kinds";
import type { Role } from "./own_sources";

export type SourceKind = Exclude<Kind, "map">;

/** What a map's library and theme are. */
export const KIND_OF: Readonly<Record<Role, SourceKind>> = { library: "lib", theme: "css" };

export const ABOUT: Readonly<Record<SourceKind, string>> = {
  lib: "Territories with names, put together once and used in many layers.",
  css: "How maps look: colours, lettering, base maps.",
};

export const EXAMPLES: Readonly<Record<SourceKind, string>> = {
  lib: `from xatra import gadm

# Every name is a territory that maps can use.
CORE = gadm("IND.5") | gadm("IND.34")
UPPER = gadm("IND.34") | gadm("IND.35")
`,
  css: `import xatra
from xatra.colorseq import Color, RotatingColorSequence

xatra.CSS("""
.flag-label {
  font-style: italic;
}
""")

xatra.FlagColorSequence(RotatingColorSequence([Color.hex("#8b5a2b"), Color.hex("#4d6b3c"), Color.hex("#2f5d7c")]))
`,
};

/** A map that shows what a theme does. */
export const SAMPLE_MAP = `import xatra
from xatra import gadm

xatra.TitleBox("<h2>A sample</h2><p>Realms, a road and places in this theme.</p>")

for label, unit in {
    "Kosala": "IND.34",
    "Magadha": "IND.5",
    "Vanga": "IND.36",
    "Kalinga": "IND.26",
    "Avanti": "IND.19",
    "Matsya": "IND.29",
}.items():
    xatra.Flag(label, gadm(unit))
xatra.Path("Northern road", [[28.6, 77.2], [25.3, 83.0], [25.6, 85.1], [22.6, 88.4]], show_label=True)
xatra.Point("Pataliputra", [25.6, 85.1], show_label=True)
xatra.Text("Great Forest", [21.5, 81.0])

xatra.focus(24, 82)
xatra.zoom(5)

xatra.show()
`;
