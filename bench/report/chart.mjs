import { createRequire } from 'node:module';
import { parse, View } from 'vega';
import { Resvg } from '@resvg/resvg-js';

const FONT = 'Inter';
const FONT_FILES = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
];
const INK = '#1b2733';
const FAINT_INK = '#5b6876';
const GRID = '#e3e7eb';
const OURS = '#0f5a73';
const PEER = '#a9b7c2';
/** Twice the specification's size, for screens with two pixels a point. */
const ZOOM = 2;
const BAR = 34;
const WIDTH = 560;
const LABELS = 290;
/** A bar beyond this many times the longest of the others is cut off, and its value says the rest. */
const CUT = 1.25;

/** Loads of one Iris row a request. */
const IN_CHART = new Set(['predict', 'flood']);

/** A PNG: a bar of CPU µs for each contender with the load of single predictions, and its spread. */
export async function drawChart(results) {
  const svg = await new View(parse(chart(results)), { renderer: 'none' }).toSVG();
  const { resolve } = createRequire(import.meta.url);
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { loadSystemFonts: false, fontFiles: FONT_FILES.map((file) => resolve(file)) },
  })
    .render()
    .asPng();
}

function chart({ contenders, machine, settings }) {
  const bars = barsOf(contenders);
  const height = bars.length * BAR;
  return {
    background: 'white',
    // Fixed places all over: Vega would otherwise make room for text by the fonts of the machine.
    autosize: 'none',
    padding: { left: LABELS, right: 96, top: 92, bottom: 62 },
    width: WIDTH,
    height,
    data: [{ name: 'bars', values: bars }],
    scales: [
      {
        name: 'y',
        type: 'band',
        domain: bars.map(({ name }) => name),
        range: 'height',
        padding: 0.28,
      },
      { name: 'x', type: 'linear', domain: [0, longest(bars)], range: 'width', nice: true },
    ],
    axes: [
      {
        orient: 'bottom',
        scale: 'x',
        grid: true,
        gridColor: GRID,
        domain: false,
        ticks: false,
        labelFont: FONT,
        labelFontSize: 13,
        labelColor: FAINT_INK,
        labelPadding: 8,
        labelBound: false,
        labelOverlap: false,
        tickCount: 6,
        title: 'microseconds of CPU for one request (less is better)',
        titleFont: FONT,
        titleFontSize: 14,
        titleFontWeight: 400,
        titleColor: FAINT_INK,
        titleX: WIDTH / 2,
        titleY: 44,
      },
    ],
    marks: [
      text('What one prediction costs the server', -LABELS + 24, -52, 21, 600, INK),
      text(subtitle(machine, settings), -LABELS + 24, -26, 14, 400, FAINT_INK),
      names(),
      rectangles(),
      ...errorBars(),
      ...cuts(),
      values(),
    ],
  };
}

function barsOf(contenders) {
  const measured = contenders.filter(({ kind, saturated }) => saturated && IN_CHART.has(kind));
  const bars = measured.map(({ id, name, saturated: { cpuMicros } }) => ({
    name,
    isOurs: id.startsWith('ours'),
    micros: cpuMicros.median,
    low: cpuMicros.quartiles[0],
    high: cpuMicros.quartiles[1],
    label: cpuMicros.median.toFixed(cpuMicros.median < 100 ? 1 : 0),
  }));
  return bars.sort((a, b) => a.micros - b.micros);
}

function longest(bars) {
  const [first, second = first] = bars.map(({ high }) => high).sort((a, b) => b - a);
  return Math.min(first, second * CUT);
}

function subtitle({ node, processor, redis }, { rounds }) {
  return `${processor}, one core; Node ${node}, Redis ${redis}; medians of ${rounds} interleaved rounds, whiskers from quartile to quartile`;
}

function text(value, x, y, fontSize, fontWeight, fill) {
  return {
    type: 'text',
    encode: {
      enter: {
        x: { value: x },
        y: { value: y },
        text: { value },
        font: { value: FONT },
        fontSize: { value: fontSize },
        fontWeight: { value: fontWeight },
        fill: { value: fill },
      },
    },
  };
}

function names() {
  return {
    type: 'text',
    from: { data: 'bars' },
    encode: {
      enter: {
        x: { value: -12 },
        y: { scale: 'y', field: 'name', band: 0.5 },
        text: { field: 'name' },
        align: { value: 'right' },
        baseline: { value: 'middle' },
        font: { value: FONT },
        fontSize: { value: 14 },
        fontWeight: [{ test: 'datum.isOurs', value: 600 }, { value: 400 }],
        fill: { value: INK },
      },
    },
  };
}

function rectangles() {
  return {
    type: 'rect',
    from: { data: 'bars' },
    clip: true,
    encode: {
      enter: {
        x: { value: 0 },
        x2: { scale: 'x', field: 'micros' },
        y: { scale: 'y', field: 'name' },
        height: { scale: 'y', band: 1 },
        fill: [{ test: 'datum.isOurs', value: OURS }, { value: PEER }],
      },
    },
  };
}

/** Whiskers in ink on white, so that they show on a dark bar as well. */
function errorBars() {
  return [
    ['white', 4],
    [INK, 1.5],
  ].map(([stroke, strokeWidth]) => ({
    type: 'rule',
    from: { data: 'bars' },
    clip: true,
    encode: {
      enter: {
        x: { scale: 'x', field: 'low' },
        x2: { scale: 'x', field: 'high' },
        y: { scale: 'y', field: 'name', band: 0.5 },
        stroke: { value: stroke },
        strokeWidth: { value: strokeWidth },
      },
    },
  }));
}

/** Two white strokes through a bar that is cut off. */
function cuts() {
  return [30, 22].map((fromEnd) => ({
    type: 'rule',
    from: { data: 'bars' },
    encode: {
      enter: {
        x: { value: WIDTH - fromEnd },
        x2: { value: WIDTH - fromEnd + 6 },
        y: { scale: 'y', field: 'name', band: 1.1 },
        y2: { scale: 'y', field: 'name', band: -0.1 },
        stroke: { value: 'white' },
        strokeWidth: { value: 3 },
        opacity: [{ test: `datum.low > domain('x')[1]`, value: 1 }, { value: 0 }],
      },
    },
  }));
}

function values() {
  return {
    type: 'text',
    from: { data: 'bars' },
    encode: {
      enter: {
        x: { signal: `min(scale('x', datum.high), ${WIDTH}) + 10` },
        y: { scale: 'y', field: 'name', band: 0.5 },
        text: { field: 'label' },
        baseline: { value: 'middle' },
        font: { value: FONT },
        fontSize: { value: 14 },
        fontWeight: { value: 600 },
        fill: { value: INK },
      },
    },
  };
}
