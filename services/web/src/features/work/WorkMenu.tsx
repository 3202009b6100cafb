/** What else can be done with a work: by everybody, by its author, by administrators. */

import { useState } from "react";
import { Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";

import { useAccount } from "@/features/account/session";
import type { Saver } from "@/features/editor/saver";
import { Button } from "@/shared/ui/Button";
import { Dialog } from "@/shared/ui/Dialog";
import { ProblemNote } from "@/shared/ui/ProblemNote";
import { DeleteDialog } from "./DeleteDialog";
import { DetailsDialog } from "./DetailsDialog";
import { DisassociateDialog } from "./DisassociateDialog";
import { EmbedDialog } from "./EmbedDialog";
import { HideDialog } from "./HideDialog";
import { InfoDialog } from "./InfoDialog";
import { useModeration } from "./moderation";
import { ProgramDialog } from "./ProgramDialog";
import { ReportDialog } from "./ReportDialog";
import type { Work } from "./work";

interface WorkMenuProps {
  work: Work;
  /** Which version is shown; null: the alpha, or none. */
  version: number | null;
  isOwn: boolean;
  /** Saves the alpha, where it is being edited. */
  saver?: Saver;
}

type Action = "details" | "info" | "program" | "embed" | "report" | "delete" | "give-up" | "hide";

export function WorkMenu({ work, version, isOwn, saver }: WorkMenuProps) {
  const account = useAccount();
  const [opened, setOpened] = useState<Action | null>(null);
  const moderation = useModeration(work);
  const isPublished = work.latest_version > 0;
  const close = () => setOpened(null);
  const dialog = { work, isOpen: true, onClose: close };
  // What is typed has to be saved before the work has another name or none.
  const settle = async () => {
    await saver?.saved();
  };
  const problem = moderation.feature.error ?? moderation.hide.error;

  return (
    <>
      <MenuTrigger>
        <Button small>
          More <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover">
          <Menu
            className="menu"
            aria-label={`What can be done with ${work.name}`}
            onAction={(key) => {
              if (key === "feature") moderation.feature.mutate(!work.featured);
              else if (key === "show") moderation.hide.mutate(null);
              else setOpened(key as Action);
            }}
          >
            <MenuSection aria-label="About it">
              {isOwn && (
                <Item id="details">{isPublished ? "Description, visibility" : "Name, description, visibility"}</Item>
              )}
              <Item id="info">Origin and history</Item>
              {version !== null && work.kind === "map" && <Item id="program">Program</Item>}
              {isPublished && work.kind === "map" && <Item id="embed">Embed</Item>}
              {!isOwn && <Item id="report">Report</Item>}
            </MenuSection>
            {isOwn && (
              <MenuSection aria-label="Part with it" className="menu-section">
                {/* An item cannot become another one: the keys keep these apart. */}
                {isPublished ? (
                  <Item key="give-up" id="give-up">
                    Give it up
                  </Item>
                ) : (
                  <Item key="delete" id="delete">
                    Delete
                  </Item>
                )}
              </MenuSection>
            )}
            {account?.is_admin && (
              <MenuSection aria-label="For administrators" className="menu-section">
                <Item id="feature">{work.featured ? "Feature no longer" : "Feature"}</Item>
                {work.hidden_reason === null ? (
                  <Item key="hide" id="hide">
                    Hide
                  </Item>
                ) : (
                  <Item key="show" id="show">
                    Show again
                  </Item>
                )}
              </MenuSection>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      {opened === "details" && <DetailsDialog {...dialog} settle={settle} />}
      {opened === "info" && <InfoDialog {...dialog} />}
      {opened === "program" && version !== null && <ProgramDialog {...dialog} version={version} />}
      {opened === "embed" && <EmbedDialog {...dialog} version={version} />}
      {opened === "report" && <ReportDialog {...dialog} />}
      {opened === "delete" && <DeleteDialog {...dialog} settle={settle} />}
      {opened === "give-up" && <DisassociateDialog {...dialog} settle={settle} />}
      {opened === "hide" && <HideDialog {...dialog} />}
      {problem && (
        <Dialog
          title={work.name}
          isOpen
          onClose={() => {
            moderation.feature.reset();
            moderation.hide.reset();
          }}
        >
          <ProblemNote error={problem} />
        </Dialog>
      )}
    </>
  );
}

function Item({ id, children }: { id: Action | "feature" | "show"; children: string }) {
  return (
    <MenuItem id={id} className="menu-item">
      {children}
    </MenuItem>
  );
}
