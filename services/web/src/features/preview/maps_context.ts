/** The maps that are in view beside a form. */

import { createContext } from "react";

import type { MapLink } from "./map_link";

export interface Maps {
  /** The map that is made. */
  readonly preview: MapLink;
  /** The map to pick from. */
  readonly reference: MapLink;
  /** The map of the map's libraries. */
  readonly library: MapLink;
}

/** Null: there are none. */
export const MapsContext = createContext<Maps | null>(null);
