/** Stands where something will be in a moment; says so only after a while. */

import { useEffect, useState } from "react";

const PATIENCE_MILLISECONDS = 300;

export function Waiting({ what = "Loading" }: { what?: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="hint waiting" role="status">
      {late && `${what} …`}
    </p>
  );
}
