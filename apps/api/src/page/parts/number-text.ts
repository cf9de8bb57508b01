/** A number for people: four significant digits, thousands in groups from 10,000 on (years have no comma). */
export function numberText(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4, useGrouping: 'min2' });
}

/** A share as a percentage. */
export function percentText(share: number): string {
  return `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;
}
