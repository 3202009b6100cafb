// Draws what a map shows, as far as its page is allowed to read it: for bridge.js.

/**
 * Returns a picture of what is in view: the map, its labels and panels, the year; no buttons and fields.
 *
 * A page may draw a picture of its own text and shapes, and what servers let other pages read. Tiles and pictures of
 * other servers are left out, and counted.
 *
 * @param {number} scale How many pixels a CSS pixel is wide.
 * @param {"image/png" | "image/jpeg"} type
 * @returns {Promise<{ bytes: ArrayBuffer, width: number, height: number, tilesLeftOut: number, imagesLeftOut: number }>}
 */
async function xatraPicture(scale, type) {
  "use strict";

  const PATIENCE_MILLISECONDS = 5000; // with one server's answer
  const NOT_SHOWN =
    "script, .leaflet-tile-pane, .leaflet-xatra-drawing-pane, .leaflet-control-zoom, #title-toggle, #title-search-wrapper, " +
    "#coordinate-display, #layer-selector, #colormap-tooltip, #multi-tooltip, #controls > :not(#yearLabel)";
  const NOT_IN_XML = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

  const [width, height] = [window.innerWidth, window.innerHeight];
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  context.fillStyle = getComputedStyle(document.getElementById("map")).backgroundColor;
  context.fillRect(0, 0, width, height);

  const tilesLeftOut = await drawTiles();
  const { page, imagesLeftOut } = await copyOfPage();
  context.drawImage(await load(page), 0, 0, width, height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, 0.9));
  if (!blob) throw new Error("the picture is too large");
  return { bytes: await blob.arrayBuffer(), width: canvas.width, height: canvas.height, tilesLeftOut, imagesLeftOut };

  /** Draws the tiles that may be read, and returns how many may not. */
  async function drawTiles() {
    const tiles = [...document.querySelectorAll(".leaflet-tile-pane img.leaflet-tile-loaded")].filter(isInView);
    const read = await Promise.all(tiles.map((tile) => load(tile.src).catch(() => null)));
    tiles.forEach((tile, index) => {
      if (!read[index]) return;
      const { filter, opacity } = getComputedStyle(tile.closest(".leaflet-layer"));
      const { x, y, width, height } = tile.getBoundingClientRect();
      context.save();
      context.filter = filter;
      context.globalAlpha = Number(opacity);
      context.drawImage(read[index], x, y, width, height);
      context.restore();
    });
    return read.filter((image) => image === null).length;
  }

  function isInView(element) {
    const { top, right, bottom, left } = element.getBoundingClientRect();
    return right > 0 && bottom > 0 && left < width && top < height;
  }

  /** Returns the page without its tiles as the address of an SVG image, which loads nothing but what is in it. */
  async function copyOfPage() {
    const inert = document.implementation.createHTMLDocument();
    const body = inert.importNode(document.body, true);
    const imagesLeftOut = await putImagesIn(body);
    for (const element of body.querySelectorAll(NOT_SHOWN)) element.remove();
    const controls = body.querySelector("#controls");
    if (!controls?.firstElementChild) controls?.remove();

    const style = inert.createElement("style");
    style.textContent = `${await styles()}\n#map { background: none !important; }`;
    const html = inert.createElement("html");
    html.append(style, body);
    html.className = document.documentElement.className;
    const markup = new XMLSerializer().serializeToString(html).replace(NOT_IN_XML, "");
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><foreignObject width="100%" height="100%">${markup}</foreignObject></svg>`;
    // Of another address than data:, some browsers let nobody read a picture with HTML in it.
    return { page: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`, imagesLeftOut };
  }

  /** Puts pictures into a copy of the page; takes out those that may not be read, and returns how many that are. */
  async function putImagesIn(body) {
    const originals = [...document.body.querySelectorAll("img")];
    const copies = [...body.querySelectorAll("img")];
    let leftOut = 0;
    await Promise.all(
      copies.map(async (copy, index) => {
        const { src } = originals[index];
        copy.removeAttribute("srcset");
        if (src.startsWith("data:") || copy.closest(".leaflet-tile-pane")) return;
        try {
          copy.src = dataUrl(await load(src));
        } catch {
          copy.remove();
          if (isInView(originals[index])) leftOut += 1;
        }
      }),
    );
    return leftOut;
  }

  function dataUrl(image) {
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [image.naturalWidth, image.naturalHeight];
    copy.getContext("2d").drawImage(image, 0, 0);
    return copy.toDataURL();
  }

  /** Returns the style sheets of the page, with its fonts in them. */
  async function styles() {
    const sheets = [...document.querySelectorAll('style, link[rel="stylesheet"]')].map(async (element) => {
      if (element.localName === "style") return element.textContent;
      const response = await fetch(element.href).catch(() => null); // a style sheet of the author's own may be anywhere
      return response ? withFonts(await response.text(), element.href) : "";
    });
    return (await Promise.all(sheets)).join("\n");
  }

  async function withFonts(sheet, address) {
    const fonts = [...new Set(sheet.match(/[0-9a-f]{64}\.woff2/g))];
    const urls = await Promise.all(
      fonts.map(async (font) => {
        const response = await fetch(new URL(font, address));
        return `data:font/woff2;base64,${base64(await response.arrayBuffer())}`;
      }),
    );
    return fonts.reduce((changed, font, index) => changed.replaceAll(font, urls[index]), sheet);
  }

  function base64(bytes) {
    return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
  }

  /** Loads a picture in a way that lets it be read; fails where its server does not allow that. */
  function load(address) {
    return new Promise((resolve, reject) => {
      const image = new Image();
      image.crossOrigin = "anonymous";
      image.onload = () => resolve(image);
      image.onerror = () => reject(new Error("a part of the picture could not be read"));
      setTimeout(image.onerror, PATIENCE_MILLISECONDS);
      image.src = address;
    });
  }
}
