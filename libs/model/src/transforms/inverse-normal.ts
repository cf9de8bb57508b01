/** Coefficients of numerators and denominators, highest power first; the denominators start with 1. */
const CENTRE = [
  [
    -59.96335010141079, 98.00107541859997, -56.67628574690703, 13.931260938727968,
    -1.2391658386738125,
  ],
  [
    1, 1.9544885833814176, 4.676279128988815, 86.36024213908905, -225.46268785411937,
    200.26021238006066, -82.03722561683334, 15.90562251262117, -1.1833162112133,
  ],
] as const;
const TAIL = [
  [
    4.0554489230596245, 31.525109459989388, 57.16281922464213, 44.08050738932008,
    14.684956192885803, 2.1866330685079025, -0.1402560791713545, -0.03504246268278482,
    -0.0008574567851546854,
  ],
  [
    1, 15.779988325646675, 45.39076351288792, 41.3172038254672, 15.04253856929075,
    2.504649462083094, -0.14218292285478779, -0.03808064076915783, -0.0009332594808954574,
  ],
] as const;
const FAR_TAIL = [
  [
    3.2377489177694603, 6.915228890689842, 3.9388102529247444, 1.3330346081580755,
    0.20148538954917908, 0.012371663481782003, 0.00030158155350823543, 2.6580697468673755e-6,
    6.239745391849833e-9,
  ],
  [
    1, 6.02427039364742, 3.6798356385616087, 1.3770209948908132, 0.21623699359449663,
    0.013420400608854318, 0.00032801446468212774, 2.8924786474538068e-6, 6.790194080099813e-9,
  ],
] as const;

const TAIL_START = Math.exp(-2);
const SQRT_2_PI = 2.5066282746310007;

/**
 * The number that a standard normal variable stays below with probability `p`, from 0 to 1 (the rational
 * approximation `ndtri` of the Cephes library, Moshier 1989, which SciPy uses).
 */
export function inverseNormal(p: number): number {
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const isUpper = p > 1 - TAIL_START;
  const y = isUpper ? 1 - p : p;
  if (y > TAIL_START) {
    const centred = y - 0.5;
    const square = centred * centred;
    return (centred + centred * (square * ratio(CENTRE, square))) * SQRT_2_PI;
  }
  const x = Math.sqrt(-2 * Math.log(y));
  const z = 1 / x;
  const quantile = x - Math.log(x) / x - z * ratio(x < 8 ? TAIL : FAR_TAIL, z);
  return isUpper ? quantile : -quantile;
}

function ratio(
  [numerator, denominator]: readonly [readonly number[], readonly number[]],
  x: number,
): number {
  return polynomial(numerator, x) / polynomial(denominator, x);
}

/** Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}
