/** Light or dark: what somebody chose on this device, else what their system says. */

import { useSyncExternalStore } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEY = "xatra.theme";
const listeners = new Set<() => void>();
const night = matchMedia("(prefers-color-scheme: dark)");

/** Returns what was chosen. */
function chosenTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? "system";
}

/** Dresses the page in what was chosen, from now on; to be called before anything is drawn. */
export function beginTheme(): void {
  dress();
  night.addEventListener("change", () => {
    dress();
    tell();
  });
}

function dress(): void {
  document.documentElement.dataset.theme = isNight() ? "dark" : "light";
}

function isNight(): boolean {
  const theme = chosenTheme();
  return theme === "system" ? night.matches : theme === "dark";
}

/** Chooses a theme for this device. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  dress();
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme that was chosen. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, chosenTheme);
}

/** Whether the page is dark. */
export function useIsNight(): boolean {
  return useSyncExternalStore(subscribe, isNight);
}
