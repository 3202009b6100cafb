/** The versions of a work. */

import { useNavigate } from "@tanstack/react-router";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";

import { Button } from "@/shared/ui/Button";
import { sayDay } from "@/shared/ui/time";
import { pageOf, readVersion } from "./addresses";
import type { Work } from "./work";

interface VersionMenuProps {
  work: Work;
  /** Which is shown; null: what is edited. */
  version: number | null;
  isOwn: boolean;
}

export function VersionMenu({ work, version, isOwn }: VersionMenuProps) {
  const navigate = useNavigate();
  if (work.versions.length === 0) return <span className="hint">Not published</span>;
  return (
    <MenuTrigger>
      <Button small>
        {version === null ? "Alpha" : `Version ${version}`} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu
          className="menu"
          aria-label="Versions"
          selectionMode="single"
          selectedKeys={[version === null ? "alpha" : `v${version}`]}
          onAction={(key) => void navigate(pageOf(work, readVersion(key.toString())))}
        >
          {isOwn && (
            <MenuItem id="alpha" className="menu-item">
              Alpha, which you edit
            </MenuItem>
          )}
          {work.versions.map((published) => (
            <MenuItem key={published.version} id={`v${published.version}`} className="menu-item">
              Version {published.version}, {sayDay(published.created_at)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
