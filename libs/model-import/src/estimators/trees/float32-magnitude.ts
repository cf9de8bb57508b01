/** The largest double that rounds to a finite float32: libraries of single precision refuse larger values. */
export const FLOAT32_MAGNITUDE = 3.4028235677973362e38;
