import type { Look, Screen } from "../looks";

const sizes = [
  { name: "320", width: 320, height: 640, touch: true },
  { name: "390", width: 390, height: 844, touch: true },
  { name: "721", width: 721, height: 1024, touch: true },
  { name: "820", width: 820, height: 1180, touch: true },
  { name: "1024", width: 1024, height: 768, touch: false },
  { name: "1440", width: 1440, height: 900, touch: false },
  { name: "1920", width: 1920, height: 1080, touch: false },
  // 1440 pixels at twice the size.
  { name: "1440-zoomed", width: 720, height: 450, touch: false, scale: 2 },
] as const;

const themes = [
  { name: "dark", colorScheme: "dark", colours: "standard" },
  { name: "light", colorScheme: "light", colours: "standard" },
  { name: "safe", colorScheme: "light", colours: "safe" },
  { name: "dark-safe", colorScheme: "dark", colours: "safe" },
] as const;

type Theme = (typeof themes)[number];

/** `FULL=1 npm test` looks at every width in every theme; else two widths show each theme once. */
const inFull = process.env["FULL"] === "1";

/** The widths every page is looked at in, with their themes. */
export const widths: readonly Screen[] = inFull
  ? sizes.map((size) => screenOf(size, themes))
  : [screenOf(sizes[0], [themes[1], themes[3]]), screenOf(sizes[5], [themes[0], themes[2]])];

function screenOf(size: (typeof sizes)[number], [first, ...others]: readonly [Theme, ...Theme[]]): Screen {
  const lookOf = (theme: Theme): Look => ({ ...size, ...theme, name: `${size.name}-${theme.name}` });
  return { name: size.name, looks: [lookOf(first), ...others.map(lookOf)] };
}
