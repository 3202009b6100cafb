/** The foot of the pages: what its administrators link to, such as terms, privacy and contact. */

import type { ApiSchemas } from "@/shared/api/client";
import { openShortcuts } from "./shortcut_sheet";
import { Button } from "@/shared/ui/Button";

export function SiteFooter({ links }: { links: readonly ApiSchemas["Link"][] }) {
  return (
    <footer className="site-footer">
      {links.map(({ label, url }) => (
        <a key={`${label} ${url}`} href={url}>
          {label}
        </a>
      ))}
      <Button look="link" onPress={openShortcuts}>
        Keyboard
      </Button>
    </footer>
  );
}
