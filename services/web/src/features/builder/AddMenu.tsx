/** The menu of new layers. */

import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";

import { Button } from "@/shared/ui/Button";
import type { ElementType } from "./document";
import { KINDS, type Group } from "./fields";

const GROUPS: readonly Group[] = [
  "Realms and places",
  "Numbers",
  "Words and sound",
  "The map",
  "Colours",
  "Names",
  "Code",
];
const ENTRIES = Object.entries(KINDS) as [ElementType, (typeof KINDS)[ElementType]][];

export function AddMenu({ onAdd }: { onAdd: (type: ElementType) => void }) {
  return (
    <MenuTrigger>
      <Button>
        Add <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu add-menu" onAction={(key) => onAdd(key as ElementType)}>
          {GROUPS.map((group) => (
            <MenuSection key={group}>
              <Header className="menu-section-title">{group}</Header>
              {ENTRIES.filter(([, kind]) => kind.group === group).map(([type, kind]) => (
                <MenuItem key={type} id={type} className="menu-item" textValue={kind.title}>
                  <span>{kind.title}</span>
                  <span className="hint">{kind.about}</span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
