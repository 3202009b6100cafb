/** Two panes side by side, with an edge between them that mouse and arrow keys move; on narrow screens, one at a time. */

import { useRef, useState, type ReactNode } from "react";

import type { Choice } from "./fields";
import { Segments } from "./Segments";
import "./split.css";

const KEY = "xatra.split";
const STEP = 2;
const [LEAST, MOST, USUAL] = [20, 75, 36];

type Pane = "first" | "second";

interface SplitProps {
  /** What the edge changes. */
  label: string;
  /** What the panes are, for screens that have room for one of them. */
  names?: readonly [first: string, second: string];
  first: ReactNode;
  second: ReactNode;
}

export function Split({ label, names = ["Edit", "Map"], first, second }: SplitProps) {
  const [percent, setPercent] = useState(storedPercent);
  const [pane, setPane] = useState<Pane>("first");
  const panes: Choice<Pane>[] = [
    { id: "first", name: names[0] },
    { id: "second", name: names[1] },
  ];
  const host = useRef<HTMLDivElement>(null);
  const [isDragging, setDragging] = useState(false);

  const move = (to: number) => {
    const within = Math.round(Math.min(MOST, Math.max(LEAST, to)));
    setPercent(within);
    localStorage.setItem(KEY, `${within}`);
  };

  return (
    <div
      ref={host}
      className={isDragging ? "split dragging" : "split"}
      data-pane={pane}
      style={{ "--split": `${percent}%` } as React.CSSProperties}
    >
      <div className="split-choice">
        <Segments label="What to see" value={pane} choices={panes} onChange={setPane} />
      </div>
      <div className="split-first">{first}</div>
      {/* A separator that can be focused is a widget: https://www.w3.org/TR/wai-aria-1.2/#separator */}
      <div
        className="split-edge"
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation="vertical"
        aria-valuenow={percent}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") move(percent - STEP);
          if (event.key === "ArrowRight") move(percent + STEP);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={(event) => {
          const box = host.current?.getBoundingClientRect();
          if (isDragging && box) move(((event.clientX - box.left) / box.width) * 100);
        }}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      />
      <div className="split-second">{second}</div>
    </div>
  );
}

function storedPercent(): number {
  const stored = Number(localStorage.getItem(KEY));
  return stored >= LEAST && stored <= MOST ? stored : USUAL;
}
