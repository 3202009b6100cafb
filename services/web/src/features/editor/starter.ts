/** What maps begin with. */

import type { Beginning } from "./beginnings";
import type { MapContent } from "./map_editor";

const TWO_KINGDOMS = `import xatra
from xatra import gadm

xatra.TitleBox("<h2>Two kingdoms of the Ganges</h2><p>Change me: drag the slider, edit a layer, render again.</p>")

# BC is below zero; the last year of a period is not in it.
xatra.Flag("Magadha", gadm("IND.5"), period=[-540, -320], note="Its capitals were Rajagriha and Pataliputra")
xatra.Flag("Kosala", gadm("IND.34"), period=[-600, -460], note="Joined to Magadha by Ajatashatru")

xatra.Point("Pataliputra", [25.6, 85.1], period=[-490, -320], show_label=True)

xatra.slider(-540, -300, speed=20)
xatra.focus(26, 83)
xatra.zoom(6)

xatra.show()
`;

const BLANK = `import xatra

xatra.show()
`;

/** What a new map can begin with: nothing, or what a newcomer finds, two kingdoms and a time slider to be changed. */
export const STARTING_POINTS = {
  blank: { program: BLANK, document: null, files: {} },
  starter: { program: TWO_KINGDOMS, document: null, files: {} },
} as const satisfies Record<Beginning, MapContent>;
