import type { Mark } from 'vega' with { 'resolution-mode': 'import' };

/** The family whose files `renderPng` hands to the renderer. */
export const FONT = 'Inter';
export const INK = '#1b2733';
export const FAINT_INK = '#5b6876';
const EMPTY = '#f1f3f5';
const EMPTY_INK = '#6b7885';
/** From this share of the row on, white is easier to read on a cell than ink. */
const DARK_SHARE = 0.6;

/** A line of text that starts at (x, y), in points from the corner of the first cell. */
export function heading(
  text: string,
  x: number,
  y: number,
  { fontSize, fontWeight, fill }: { fontSize: number; fontWeight: 400 | 600; fill: string },
): Mark {
  return {
    type: 'text',
    encode: {
      enter: {
        x: { value: x },
        y: { value: y },
        text: { value: text },
        font: { value: FONT },
        fontSize: { value: fontSize },
        fontWeight: { value: fontWeight },
        fill: { value: fill },
      },
    },
  };
}

/** The cells, coloured by the scales `right` and `wrong`. */
export function rectangles(): Mark {
  return {
    type: 'rect',
    from: { data: 'cells' },
    encode: {
      enter: {
        x: { scale: 'x', field: 'predicted' },
        y: { scale: 'y', field: 'truth' },
        width: { scale: 'x', band: 1 },
        height: { scale: 'y', band: 1 },
        cornerRadius: { value: 6 },
        fill: [
          { test: 'datum.count === 0', value: EMPTY },
          { test: 'datum.right', scale: 'right', field: 'share' },
          { scale: 'wrong', field: 'share' },
        ],
      },
    },
  };
}

/** The counts in the middle of the cells. */
export function numbers(): Mark {
  return {
    type: 'text',
    from: { data: 'cells' },
    encode: {
      enter: {
        x: { scale: 'x', field: 'predicted', band: 0.5 },
        y: { scale: 'y', field: 'truth', band: 0.5, offset: 11 },
        text: { field: 'count' },
        align: { value: 'center' },
        font: { value: FONT },
        fontSize: { value: 31 },
        fontWeight: { value: 600 },
        fill: [
          { test: 'datum.count === 0', value: EMPTY_INK },
          { test: `datum.share >= ${DARK_SHARE}`, value: 'white' },
          { value: INK },
        ],
      },
    },
  };
}
