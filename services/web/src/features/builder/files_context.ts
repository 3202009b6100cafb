/** The files of the map that is edited, for the fields that name one. */

import { createContext } from "react";

interface MapFiles {
  /** Name -> sha256. */
  files: Readonly<Record<string, string>>;
  /** Uploads a file and makes it one of the map's; returns its name there. */
  upload: (file: File) => Promise<string>;
}

export const FilesContext = createContext<MapFiles>({
  files: {},
  upload: () => Promise.reject(new Error("there is no map to upload to")),
});
