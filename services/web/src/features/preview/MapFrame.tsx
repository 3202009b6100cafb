/** Shows a rendered map in a frame that can do nothing to this page; the former map stays until the next one is there. */

import { useCallback, useEffect, useRef, useState } from "react";

import type { MapLink } from "./map_link";
import { readPick, type Pick } from "./picks";
import "./preview.css";

interface MapFrameProps {
  url: string;
  title: string;
  /** Called when somebody picks a unit, territory or river on the map; what it says is not to be trusted. */
  onPick?: (pick: Pick) => void;
  /** Speaks with the map that is shown. */
  link?: MapLink;
}

export function MapFrame({ url, ...props }: MapFrameProps) {
  const [shown, setShown] = useState(url);
  const urls = shown === url ? [url] : [shown, url];
  return (
    <div className="map-frames">
      {urls.map((address) => (
        <Frame key={address} {...props} url={address} isComing={address !== shown} onReady={() => setShown(address)} />
      ))}
    </div>
  );
}

interface FrameProps extends MapFrameProps {
  isComing: boolean;
  onReady: () => void;
}

function Frame({ url, title, isComing, onReady, onPick, link }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [nonce] = useState(makeNonce);
  const [isReady, setReady] = useState(false);

  const greet = useCallback(() => {
    setReady(true);
    onReady();
  }, [onReady]);

  useEffect(() => {
    const map = frame.current?.contentWindow;
    if (!map || !link || isComing || !isReady) return;
    return link.attach((message) => map.postMessage(message, "*"), nonce);
  }, [link, isComing, isReady, nonce]);

  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      // The frame has no origin of its own: what counts is that the message is from this very window.
      if (event.source === null || event.source !== frame.current?.contentWindow) return;
      if (isGreeting(event.data)) greet();
      if (isComing) return;
      link?.hear(event.data);
      const pick = onPick ? readPick(event.data) : null;
      if (pick) onPick?.(pick);
    };
    window.addEventListener("message", hear);
    return () => window.removeEventListener("message", hear);
  }, [greet, isComing, link, onPick]);

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
      onLoad={greet}
    />
  );
}

/** A map says so once it is drawn, and need not wait for the tiles of its base map, as the frame's own event does. */
function isGreeting(message: unknown): boolean {
  return typeof message === "object" && message !== null && (message as { type?: unknown }).type === "mapReady";
}

function makeNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
}
