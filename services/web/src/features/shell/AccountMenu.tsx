/** Who is signed in, and what they can do about it; light and dark. */

import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";

import { useAccount, useSignOut } from "@/features/account/session";
import { Button } from "@/shared/ui/Button";
import { chooseTheme, useTheme, type Theme } from "@/shared/ui/theme";
import { openShortcuts } from "./shortcut_sheet";

const THEME_NAMES: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

export function AccountMenu() {
  const account = useAccount();
  const theme = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const here = useLocation({ select: ({ pathname }) => pathname });

  const act = (key: string) => {
    if (key === "profile" && account) void navigate({ to: "/user/$username", params: { username: account.username } });
    if (key === "drafts") void navigate({ to: "/drafts" });
    if (key === "settings") void navigate({ to: "/settings" });
    if (key === "admin") void navigate({ to: "/admin" });
    if (key === "out") void signOut();
    if (key === "keyboard") openShortcuts();
  };

  return (
    <div className="row banner-account">
      {account === null && (
        <Link to="/login" search={{ next: here === "/login" ? undefined : here }} className="button">
          Sign in
        </Link>
      )}
      <MenuTrigger>
        <Button look="quiet" aria-label={account ? `Account of ${account.username}` : "Appearance and help"}>
          {account ? <span className="banner-name">{account.username}</span> : <span aria-hidden="true">◐</span>}{" "}
          <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" aria-label="Account and appearance" onAction={(key) => act(key.toString())}>
            {account && (
              <MenuSection aria-label="Account">
                <Item id="profile">Profile and works</Item>
                <Item id="drafts">Drafts</Item>
                <Item id="settings">Settings</Item>
                {account.is_admin && <Item id="admin">Administration</Item>}
                <Item id="out">Sign out</Item>
              </MenuSection>
            )}
            <MenuSection
              className={account ? "menu-section" : ""}
              selectionMode="single"
              selectedKeys={[theme]}
              onSelectionChange={(keys) => {
                const [chosen] = keys === "all" ? [] : [...keys];
                if (chosen) chooseTheme(chosen as Theme);
              }}
            >
              <Header className="menu-section-title">Appearance</Header>
              {Object.entries(THEME_NAMES).map(([id, name]) => (
                <Item key={id} id={id}>
                  {name}
                </Item>
              ))}
            </MenuSection>
            <MenuSection aria-label="Help" className="menu-section">
              <Item id="keyboard">Keyboard</Item>
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}

function Item({ id, children }: { id: string; children: string }) {
  return (
    <MenuItem id={id} className="menu-item">
      {children}
    </MenuItem>
  );
}
