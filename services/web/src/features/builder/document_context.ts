/** What the document that is edited has and can use, for the fields that name something of it. */

import { createContext } from "react";

import type { FoundImports } from "@/features/imports/found";
import type { Element } from "./document";

export interface DocumentParts {
  elements: readonly Element[];
  imports: FoundImports;
  /** The names that the map's own library gives. */
  libraryNames: readonly string[];
}

export const DocumentContext = createContext<DocumentParts>({ elements: [], imports: new Map(), libraryNames: [] });
