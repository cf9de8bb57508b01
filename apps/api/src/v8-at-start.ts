import { setFlagsFromString } from 'node:v8';

/** Flags of V8, with their value while the server starts and V8's own. */
type Flags = readonly (readonly [name: string, atStart: string, afterwards: string])[];

/** How much larger the young generation becomes whenever enough of it survives. */
const GROWTH: Flags = [['semi-space-growth-factor', '1', '2']];
/** The functions that the optimizing compilers may take: none and all. */
const OPTIMIZED: Flags = [
  ['maglev-filter', '~*', '*'],
  ['turbo-filter', '~*', '*'],
];

// Nearly everything that a start allocates stays, for which V8 would take 30 MB that the server may never need again. And
// little of it runs often enough to gain from optimizing, which costs CPU time and 10 MB.
for (const [name, atStart] of [...GROWTH, ...OPTIMIZED]) set(name, atStart);

/** Call it before models are loaded: large ones keep the same few functions busy. */
export function letCodeBeOptimized(): void {
  for (const [name, , afterwards] of OPTIMIZED) set(name, afterwards);
}

/** Lets the young generation grow with the load; call it once the start is over. */
export function letYoungGenerationGrow(): void {
  for (const [name, , afterwards] of GROWTH) set(name, afterwards);
}

function set(name: string, value: string): void {
  setFlagsFromString(`--${name}=${value}`);
}
