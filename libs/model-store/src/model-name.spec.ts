import { isModelName } from './model-name';

describe('isModelName', () => {
  it.each(['iris', 'churn-2', 'a.b_c', '7', 'n'.repeat(64)])('accepts %s', (name) =>
    expect(isModelName(name)).toBe(true),
  );

  it.each(['', '.hidden', '..', '../x', 'a/b', 'a\\b', 'Churn', 'ä', 'a b', 'a\n', 'n'.repeat(65)])(
    'does not accept %j',
    (name) => expect(isModelName(name)).toBe(false),
  );
});
