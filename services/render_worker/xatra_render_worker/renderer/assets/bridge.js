// Lets the page that frames a map draw on it, learn what is in view, and get a picture of it.
//
// It listens to that page alone, and only to messages with the nonce of the first one: { nonce, ask, ... }. What it says
// has the same nonce: { nonce, type, ... }. A map without a frame around it is as it would be without this script.
(() => {
  "use strict";

  const framer = window.parent;
  if (framer === window) return;

  const STROKE_STEP = 3; // between points of a freehand line as it is drawn, in CSS pixels
  const STROKE_TOLERANCE = 1.5; // how far it may be off once it is thinned, in CSS pixels
  const MAX_CORNERS = 300; // that are marked, the newest
  const DECIMALS = 5; // of a degree: a metre
  const PICTURE_SCRIPT = "picture.js"; // becomes its address

  const ownAddress = document.currentScript.src;

  let nonce = null;
  let map = null;
  let drawer = null; // what makes pictures, once it is asked for
  /** What is being drawn, "point", "path" or "polygon"; null: nothing, and the map is as usual. */
  let shape = null;
  let drawn = null; // the layer of what the framing page has drawn so far
  let stroke = null; // the points of a freehand line and the layer that shows it

  L.Map.addInitHook(function () {
    map ??= this;
  });

  const tell = (message, transfer = []) => framer.postMessage({ ...message, nonce }, "*", transfer);

  const asks = new Map([
    ["hello", () => tell({ type: "mapHello" })],
    ["draw", draw],
    ["mark", mark],
    ["view", ({ id }) => tell({ type: "mapView", id, ...position(map.getCenter()), zoom: map.getZoom() })],
    [
      "picture",
      ({ id, scale, type }) =>
        picture(scale, type).then(
          (made) => tell({ type: "mapPicture", id, ...made }, [made.bytes]),
          (error) => tell({ type: "mapPicture", id, error: String(error?.message ?? error) }),
        ),
    ],
  ]);

  window.addEventListener("message", ({ source, data }) => {
    if (source !== framer || !map || typeof data?.nonce !== "string") return;
    nonce ??= data.nonce;
    if (data.nonce === nonce) asks.get(data.ask)?.(data);
  });

  async function picture(scale, type) {
    drawer ??= load(new URL(PICTURE_SCRIPT, ownAddress).href);
    await drawer;
    return xatraPicture(scale, type);
  }

  function load(address) {
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
    return new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error("what makes pictures could not be loaded"));
    });
  }

  /** Shows which units are taken together, and how. */
  function mark({ marked }) {
    map.eachLayer((layer) => {
      const classes = layer.getElement?.()?.classList;
      const unit = layer.feature?.properties;
      if (!classes || !unit) return;
      const gid = (unit.GID_3 || unit.GID_2 || unit.GID_1 || unit.GID_0 || "").replace(/_\d+$/, "");
      for (const op of ["union", "difference", "intersection"]) {
        classes.toggle(
          `xatra-${op}`,
          marked.some((group) => group.op === op && group.gids.includes(gid)),
        );
      }
    });
  }

  // --- Drawing: what is clicked on is told; the framing page says what there is to see of it. ---

  function draw(wish) {
    drawn?.remove();
    shape = wish.shape;
    if (shape === null) endStroke();
    document.documentElement.classList.toggle("xatra-drawing", shape !== null);
    map.doubleClickZoom[shape === null ? "enable" : "disable"]();
    drawn = shape === null ? null : L.layerGroup(layersOf(wish.points)).addTo(map);
  }

  function layersOf(points) {
    const corner = { ...look(), radius: 5, fillOpacity: 1, fillColor: "#fff" };
    const corners = points.slice(-MAX_CORNERS).map((point) => L.circleMarker(point, corner));
    if (shape === "point" || points.length < 2) return corners;
    return [shape === "polygon" && points.length > 2 ? L.polygon(points, look()) : line(points), ...corners];
  }

  const line = (points) => L.polyline(points, look());

  function look() {
    if (!map.getPane("xatra-drawing")) map.createPane("xatra-drawing").style.zIndex = 640; // above labels, below popups
    return { pane: "xatra-drawing", interactive: false, color: "#c2185b", weight: 3 };
  }

  const style = document.createElement("style");
  style.textContent = `
    .xatra-drawing .leaflet-container, .xatra-drawing .leaflet-interactive { cursor: crosshair !important; }
    .xatra-drawing #multi-tooltip { display: none !important; }
    .leaflet-xatra-drawing-pane { pointer-events: none; }
    .xatra-union { --xatra-mark: #15803d; }
    .xatra-difference { --xatra-mark: #be123c; }
    .xatra-intersection { --xatra-mark: #4338ca; }
    :is(.xatra-union, .xatra-difference, .xatra-intersection) {
      fill: var(--xatra-mark) !important; fill-opacity: 0.6 !important;
      stroke: var(--xatra-mark) !important; stroke-width: 2px !important;
    }`;
  document.head.append(style);

  /** Acts on events while something is drawn, before the map and what is on it do. */
  const whileDrawing = (type, act) =>
    document.addEventListener(type, (event) => shape !== null && act(event), { capture: true });

  const isOnMap = ({ target }) => map.getContainer().contains(target) && !target.closest(".leaflet-control");

  function keepFromMap(event) {
    event.preventDefault();
    event.stopPropagation();
  }

  whileDrawing("click", (event) => {
    if (!isOnMap(event)) return;
    keepFromMap(event);
    // The end of a drag is a click too, and so is each half of a double click.
    if (map.dragging.moved() || event.detail > 1 || stroke) return;
    tell({ type: "mapPoint", ...position(map.mouseEventToLatLng(event)) });
  });

  whileDrawing("mousedown", (event) => {
    if (shape === "point" || event.button !== 0 || !(event.ctrlKey || event.metaKey) || !isOnMap(event)) return;
    keepFromMap(event);
    stroke = { points: [], layer: line([]).addTo(map) };
    window.focus(); // the event would have given it the keys
    addToStroke(event);
  });

  whileDrawing("mousemove", (event) => {
    if (stroke) addToStroke(event);
    if (stroke || event.ctrlKey || event.metaKey || event.altKey) event.stopPropagation(); // else it picks
  });

  whileDrawing("mouseup", (event) => {
    if (!stroke) return;
    keepFromMap(event);
    const thinned = L.LineUtil.simplify(stroke.points, STROKE_TOLERANCE);
    setTimeout(endStroke); // after the click that follows
    tell({
      type: "mapStroke",
      points: thinned.map((point) => Object.values(position(map.containerPointToLatLng(point)))),
    });
  });

  function addToStroke(event) {
    event.stopPropagation();
    const point = map.mouseEventToContainerPoint(event);
    if (stroke.points.at(-1)?.distanceTo(point) < STROKE_STEP) return;
    stroke.points.push(point);
    stroke.layer.addLatLng(map.containerPointToLatLng(point));
  }

  function endStroke() {
    stroke?.layer.remove();
    stroke = null;
  }

  whileDrawing("keydown", (event) => {
    if (!["Backspace", "Escape"].includes(event.key) || event.target.matches("input, select, textarea")) return;
    keepFromMap(event);
    tell({ type: "mapKey", key: event.key });
  });

  function position({ lat, lng }) {
    return { lat: Number(lat.toFixed(DECIMALS)), lng: Number(lng.toFixed(DECIMALS)) };
  }
})();
