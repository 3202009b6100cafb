/** Google's own button, which brings a credential. */

import { useEffect, useRef, useState } from "react";

import { showGoogleButton } from "./google";

interface GoogleButtonProps {
  clientId: string;
  onCredential: (credential: string) => void;
}

export function GoogleButton({ clientId, onCredential }: GoogleButtonProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);
  const tell = useRef(onCredential);
  useEffect(() => {
    tell.current = onCredential;
  });
  useEffect(() => {
    if (!place.current) return;
    void showGoogleButton(place.current, clientId, (credential) => tell.current(credential)).then((isThere) =>
      setMissing(!isThere),
    );
  }, [clientId]);
  return (
    <>
      <div ref={place} />
      {isMissing && <p className="hint">Google’s button cannot be loaded just now.</p>}
    </>
  );
}
