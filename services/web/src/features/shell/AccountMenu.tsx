/** Who is signed in, and what they can do about it; light and dark. */

import { Link, useLocation, useNavigate } from "@tanstack/react-router";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";

import { useAccount, useSignOut } from "@/features/account/session";
import { Button } from "@/shared/ui/Button";
import { chooseTheme, useTheme, type Theme } from "@/shared/ui/theme";

const THEME_NAMES: Record<Theme, string> = { system: "As the system", light: "Light", dark: "Dark" };

export function AccountMenu() {
  const account = useAccount();
  const theme = useTheme();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const here = useLocation({ select: ({ pathname }) => pathname });

  const act = (key: string) => {
    if (key === "profile" && account) void navigate({ to: "/user/$username", params: { username: account.username } });
    if (key === "settings") void navigate({ to: "/settings" });
    if (key === "out") void signOut();
  };

  return (
    <div className="row banner-account">
      {account === null && (
        <Link to="/login" search={{ next: here === "/login" ? undefined : here }} className="button">
          Sign in
        </Link>
      )}
      <MenuTrigger>
        <Button look="quiet" aria-label={account ? `Account of ${account.username}` : "Appearance"}>
          {account ? account.username : "◐"} {account && <span aria-hidden="true">▾</span>}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu className="menu" onAction={(key) => act(key.toString())}>
            {account && (
              <MenuSection aria-label="Account">
                <MenuItem id="profile" className="menu-item">
                  Profile
                </MenuItem>
                <MenuItem id="settings" className="menu-item">
                  Settings
                </MenuItem>
                <MenuItem id="out" className="menu-item">
                  Sign out
                </MenuItem>
              </MenuSection>
            )}
            <MenuSection
              selectionMode="single"
              selectedKeys={[theme]}
              onSelectionChange={(keys) => {
                const [chosen] = keys === "all" ? [] : [...keys];
                if (chosen) chooseTheme(chosen as Theme);
              }}
            >
              <Header className="menu-section-title">Appearance</Header>
              {Object.entries(THEME_NAMES).map(([id, name]) => (
                <MenuItem key={id} id={id} className="menu-item">
                  {name}
                </MenuItem>
              ))}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
