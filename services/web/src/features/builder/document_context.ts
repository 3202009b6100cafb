/** The elements of the document that is edited, for the fields that name one. */

import { createContext } from "react";

import type { Element } from "./document";

export const DocumentContext = createContext<{ elements: readonly Element[] }>({ elements: [] });
