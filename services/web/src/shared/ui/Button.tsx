/** Buttons, and links that look like them. */

import { Button as AriaButton, Link, type ButtonProps, type LinkProps } from "react-aria-components";

type Look = "plain" | "primary" | "quiet" | "danger" | "link";

interface Styling {
  look?: Look;
  small?: boolean;
  /** It shows a sign alone; it needs an `aria-label`. */
  icon?: boolean;
}

function classes({ look = "plain", small, icon }: Styling): string {
  return ["button", look, small && "small", icon && "icon"].filter(Boolean).join(" ");
}

export function Button({ look, small, icon, ...props }: Omit<ButtonProps, "className"> & Styling) {
  return <AriaButton {...props} className={classes({ look, small, icon })} />;
}

/** A link that looks like a button. */
export function ButtonLink({ look, small, icon, ...props }: Omit<LinkProps, "className"> & Styling) {
  return <Link {...props} className={classes({ look, small, icon })} />;
}
