const format = (value: number, options: Intl.NumberFormatOptions): string =>
  value.toLocaleString('en', { signDisplay: 'negative', ...options }).replace('-', '−');

/** Numbers beyond these would be rows of zeros. */
const isWritable = (size: number): boolean => size === 0 || (size >= 1e-6 && size < 1e12);

/** Six significant digits, and every whole digit. */
export function valueText(value: number): string {
  const size = Math.abs(value);
  if (!isWritable(size)) {
    return format(value, { notation: 'scientific', maximumSignificantDigits: 6 });
  }
  return format(value, size < 1e6 ? { maximumSignificantDigits: 6 } : { maximumFractionDigits: 0 });
}

/** Whether a text of `valueText` is the whole number. */
export function isExact(text: string, value: number): boolean {
  return Number(text.replaceAll(',', '').replace('−', '-')) === value;
}

/** Writes numbers that stand below each other: as many decimals as give the largest of them, above 0, three digits. */
export function alignedText(
  largest: number,
): (value: number, options?: Intl.NumberFormatOptions) => string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(largest)));
  const aligned: Intl.NumberFormatOptions = isWritable(largest)
    ? { minimumFractionDigits: digits, maximumFractionDigits: digits }
    : { notation: 'scientific', maximumSignificantDigits: 3 };
  return (value, options) => format(value, { ...aligned, ...options });
}

/** A percentage that does not say 0 or 100 of what is neither. */
export function percentText(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  return `${(share * 100).toFixed(1)} %`;
}
