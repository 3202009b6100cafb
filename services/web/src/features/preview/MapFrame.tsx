/** Shows a rendered map in a frame that can do nothing to this page; the former map stays until the next one is there. */

import { useEffect, useRef, useState } from "react";

import { readPick, type Pick } from "./picks";

interface MapFrameProps {
  url: string;
  title: string;
  /** Called when somebody picks a unit, territory or river on the map; what it says is not to be trusted. */
  onPick?: (pick: Pick) => void;
}

export function MapFrame({ url, title, onPick }: MapFrameProps) {
  const [shown, setShown] = useState(url);
  const urls = shown === url ? [url] : [shown, url];
  return (
    <div className="map-frames">
      {urls.map((address) => (
        <Frame
          key={address}
          url={address}
          title={title}
          isComing={address !== shown}
          onLoad={() => setShown(address)}
          {...(onPick && { onPick })}
        />
      ))}
    </div>
  );
}

interface FrameProps extends MapFrameProps {
  isComing: boolean;
  onLoad: () => void;
}

function Frame({ url, title, isComing, onLoad, onPick }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    if (!onPick) return;
    const hear = (event: MessageEvent<unknown>) => {
      // The frame has no origin of its own: what counts is that the message is from this very window.
      if (event.source === null || event.source !== frame.current?.contentWindow) return;
      const pick = readPick(event.data);
      if (pick) onPick(pick);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [onPick]);
  // From a site of their own, maps may have its origin; from ours, never.
  const isElsewhere = new URL(url, document.baseURI).hostname !== location.hostname;
  return (
    <iframe
      ref={frame}
      src={url}
      title={title}
      className={isComing ? "coming" : undefined}
      aria-hidden={isComing}
      sandbox={isElsewhere ? "allow-scripts allow-popups allow-same-origin" : "allow-scripts allow-popups"}
      onLoad={onLoad}
    />
  );
}
