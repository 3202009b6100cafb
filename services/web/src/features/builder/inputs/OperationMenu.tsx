/** How a part of a territory is taken together with those before it. */

import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import type { Operation } from "../document";
import { OPERATIONS } from "../territory";

interface OperationMenuProps {
  name: string;
  value: Operation;
  onChange: (value: Operation) => void;
}

export function OperationMenu({ name, value, onChange }: OperationMenuProps) {
  return (
    <MenuTrigger>
      <Button className="button small territory-operation" aria-label={`${OPERATIONS[value].name} ${name}: change`}>
        <span aria-hidden="true">{OPERATIONS[value].sign}</span> {OPERATIONS[value].name}
      </Button>
      <Popover className="popover">
        <Menu
          className="menu"
          aria-label="How it is taken"
          selectionMode="single"
          selectedKeys={[value]}
          onAction={(key) => onChange(key as Operation)}
        >
          {Object.entries(OPERATIONS).map(([id, operation]) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={operation.name}>
              <span>
                <span aria-hidden="true">{operation.sign}</span> {operation.name}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
