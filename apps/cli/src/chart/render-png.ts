import type { Spec } from 'vega' with { 'resolution-mode': 'import' };

const FONT_FILES = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
];

/** Twice the specification's size, for screens with two pixels a point. */
const ZOOM = 2;

/**
 * Draws a Vega specification whose texts are in Inter, regular or semi-bold. The same bytes on every
 * machine: the fonts come with the dependencies, those of the system are not looked at.
 */
export async function renderPng(chart: Spec): Promise<Buffer> {
  // Slow to load, and Vega is ESM only: a command that does not draw should not pay for them.
  const [{ parse, View }, { Resvg }] = await Promise.all([
    import('vega'),
    import('@resvg/resvg-js'),
  ]);
  const svg = await new View(parse(chart), { renderer: 'none' }).toSVG();
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: {
      loadSystemFonts: false,
      fontFiles: FONT_FILES.map((file) => require.resolve(file)),
    },
  })
    .render()
    .asPng();
}
