/** Starts the studio. */

import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { queries } from "./features/shell/queries";
import { renewWhenIncomplete } from "./features/shell/renewal";
import { router } from "./router";
import "./shared/ui/tokens.css";
import "./shared/ui/base.css";
import "./shared/ui/controls.css";
import { beginTheme } from "./shared/ui/theme";

beginTheme();
renewWhenIncomplete();

const studio = document.getElementById("studio");
if (!studio) throw new Error("index.html has no place for the studio");

createRoot(studio).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
