/** The site's own colour, made so that it can be read on our grounds, whatever it is. */

/** Contrast that text needs (WCAG 2.2, 1.4.3). */
const MIN_CONTRAST = 4.5;
const STEPS = 20;

type Rgb = readonly [number, number, number];

/** On what the colour lies, and towards what it is changed where it cannot be read there. */
const GROUNDS = {
  light: { paper: [0xf1, 0xec, 0xe4], towards: [0, 0, 0] },
  dark: { paper: [0x25, 0x21, 0x1e], towards: [255, 255, 255] },
} as const satisfies Record<string, { paper: Rgb; towards: Rgb }>;

export interface Accent {
  /** The colour, for text and for buttons. */
  accent: string;
  /** What is written on it. */
  onAccent: string;
  /** A trace of it, as a ground. */
  wash: string;
}

/** Returns the colours that one colour, `#rrggbb`, gives by day or by night. */
export function accentFor(colour: string, night: boolean): Accent {
  const { paper, towards } = GROUNDS[night ? "dark" : "light"];
  const wished = read(colour);
  let accent = wished;
  for (let step = 1; step <= STEPS && contrast(accent, paper) < MIN_CONTRAST; step += 1) {
    accent = mix(wished, towards, step / STEPS);
  }
  const [white, black]: [Rgb, Rgb] = [
    [255, 255, 255],
    [0, 0, 0],
  ];
  return {
    accent: write(accent),
    onAccent: write(contrast(white, accent) >= contrast(black, accent) ? white : black),
    wash: write(mix(paper, accent, 0.12)),
  };
}

/** Returns how well one colour can be told from another: 1 to 21 (WCAG 2.2, relative luminance). */
export function contrastOf(one: string, other: string): number {
  return contrast(read(one), read(other));
}

function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(one[index] * (1 - share) + other[index] * share);
  return [part(0), part(1), part(2)];
}

function read(colour: string): Rgb {
  const part = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16);
  return [part(1), part(3), part(5)];
}

function write(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
