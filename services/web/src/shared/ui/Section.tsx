/** A part of a page, with its heading. */

import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  /** What it is about. */
  hint?: ReactNode;
  children: ReactNode;
}

export function Section({ title, hint, children }: SectionProps) {
  return (
    <section className="card section stack">
      <h2>{title}</h2>
      {hint && <p className="hint">{hint}</p>}
      {children}
    </section>
  );
}
