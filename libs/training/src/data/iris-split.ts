import type { Split } from './dataset';

/** NumPy's `RandomState(42).permutation(150)`, from which scikit-learn takes the test rows first. */
// prettier-ignore
const PERMUTATION = [
  73, 18, 118, 78, 76, 31, 64, 141, 68, 82, 110, 12, 36, 9, 19,
  56, 104, 69, 55, 132, 29, 127, 26, 128, 131, 145, 108, 143, 45, 30,
  22, 15, 65, 11, 42, 146, 51, 27, 4, 32, 142, 85, 86, 16, 10,
  81, 133, 137, 75, 109, 96, 105, 66, 0, 122, 67, 28, 40, 44, 60,
  123, 24, 25, 23, 94, 39, 95, 117, 47, 97, 113, 33, 138, 101, 62,
  84, 148, 53, 5, 93, 111, 49, 35, 80, 77, 34, 114, 7, 43, 70,
  98, 120, 83, 134, 135, 89, 8, 13, 119, 125, 3, 17, 38, 72, 136,
  6, 112, 100, 2, 63, 54, 126, 50, 115, 46, 139, 61, 147, 79, 59,
  91, 41, 58, 90, 48, 88, 107, 124, 21, 57, 144, 129, 37, 140, 1,
  52, 130, 103, 99, 116, 87, 74, 121, 149, 20, 71, 106, 14, 92, 102,
] as const;

const TEST_SIZE = 0.2;
const TEST_ROWS = PERMUTATION.length * TEST_SIZE;

/** The rows of `train_test_split(X, y, test_size=0.2, random_state=42)`, in scikit-learn's order. */
export const IRIS_SPLIT: Split = {
  testSize: TEST_SIZE,
  randomState: 42,
  testIndices: PERMUTATION.slice(0, TEST_ROWS),
  trainIndices: PERMUTATION.slice(TEST_ROWS),
};
