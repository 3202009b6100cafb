/** Takes a map along: as a page, a picture, a program, a document. */

import { useMutation } from "@tanstack/react-query";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import type { MapLink } from "@/features/preview/map_link";
import type { WorkId } from "@/features/work/kinds";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { pictureToKeep, useAsPicture } from "./pictures";
import { fileNameOf, pageAddress, saveFile, saveFrom } from "./saving";
import { saysLeftOut } from "./wording";
import "./export.css";

export interface ExportMenuProps {
  /** Of the map, and so of the files. */
  name: string;
  /** Where the rendered map lies; null: there is none yet. */
  url: string | null;
  /** Speaks with the map that is in view. */
  map: MapLink;
  getProgram: () => Promise<string>;
  getDocument: () => Promise<object>;
  /** One's own map, which is known by a picture. */
  own?: WorkId;
}

const FORMS = {
  html: { name: "Page (.html)", about: "Opens anywhere, with all that it needs", ofMap: true },
  png: { name: "Picture (.png)", about: "What is in view, sharp enough to print", ofMap: true },
  py: { name: "Program (.py)", about: "For Python with xatra", ofMap: false },
  json: { name: "Document (.json)", about: "The layers, for other programs", ofMap: false },
  picture: { name: "Use as the map's picture", about: "What is in view, for Explore", ofMap: true },
} as const;

type Form = keyof typeof FORMS;

export function ExportMenu({ name, url, map, getProgram, getDocument, own }: ExportMenuProps) {
  const setPicture = useAsPicture();
  /** Does what was chosen; returns what is to be said of it, null where it is seen. */
  const take = async (form: Form): Promise<string | null> => {
    const file = fileNameOf(name, form);
    switch (form) {
      case "html":
        saveFrom(pageAddress(url ?? "", file));
        return null;
      case "png": {
        const picture = await pictureToKeep(map);
        saveFile(picture.blob, file);
        return saysLeftOut(picture);
      }
      case "py":
        saveFile(new Blob([await getProgram()], { type: "text/x-python" }), file);
        return null;
      case "json":
        saveFile(new Blob([JSON.stringify(await getDocument(), null, 2)], { type: "application/json" }), file);
        return null;
      case "picture":
        if (own) await setPicture(own, map);
        return "This is what the map is known by now.";
    }
  };
  const taking = useMutation({ mutationFn: take });
  const forms = Object.entries(FORMS).filter(([id]) => id !== "picture" || own);
  return (
    <>
      <MenuTrigger>
        <Button small isDisabled={taking.isPending}>
          {taking.isPending ? "Exporting …" : "Export"} <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover">
          <Menu
            className="menu export-menu"
            disabledKeys={url === null ? forms.filter(([, { ofMap }]) => ofMap).map(([id]) => id) : []}
            onAction={(key) => taking.mutate(key as Form)}
          >
            {forms.map(([id, form]) => (
              <MenuItem key={id} id={id} className="menu-item" textValue={form.name}>
                <span>{form.name}</span>
                <span className="hint">{form.about}</span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <Dialog title="Export" isOpen={taking.isError || typeof taking.data === "string"} onClose={taking.reset}>
        {taking.isError ? <ProblemNote error={taking.error} /> : <p>{taking.data}</p>}
        <div className="actions">
          <Button onPress={taking.reset}>Close</Button>
        </div>
      </Dialog>
    </>
  );
}
