/** How to show a map in the pages of another site. */

import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { CopyField } from "@/shared/ui/CopyField";
import { Dialog } from "@/shared/ui/Dialog";
import { Segments } from "@/shared/ui/Segments";
import { embedCode, oembedAddress } from "./embed";
import type { Work } from "./work";

const SIZES = [
  { id: "800x500", name: "800 × 500" },
  { id: "640x400", name: "640 × 400" },
  { id: "1200x700", name: "1200 × 700" },
] as const;

interface EmbedDialogProps {
  work: Work;
  /** Which version is shown; null: the alpha. */
  version: number | null;
  isOpen: boolean;
  onClose: () => void;
}

export function EmbedDialog({ work, version, isOpen, onClose }: EmbedDialogProps) {
  const [size, setSize] = useState<(typeof SIZES)[number]["id"]>("800x500");
  const [which, setWhich] = useState<"latest" | "this">("latest");
  const [width = 0, height = 0] = size.split("x").map(Number);
  const embedding = { name: work.name, version: which === "this" ? version : null, width, height };
  return (
    <Dialog title={`Embed ${work.name}`} isOpen={isOpen} onClose={onClose}>
      {work.visibility === "private" ? (
        <p>Only you can see this map. Let everyone see it, or whoever has its address, to show it on other sites.</p>
      ) : (
        <>
          <div className="row">
            <Segments label="Size" value={size} choices={SIZES} onChange={setSize} />
            {version !== null && (
              <Segments
                label="Which version"
                value={which}
                choices={[
                  { id: "latest", name: "Always the latest" },
                  { id: "this", name: `Version ${version}` },
                ]}
                onChange={setWhich}
              />
            )}
          </div>
          <CopyField label="HTML for your page" value={embedCode(embedding)} lines={4} />
          <CopyField label="oEmbed address, for sites that ask for one" value={oembedAddress(embedding)} />
        </>
      )}
      <div className="actions">
        <Button onPress={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
