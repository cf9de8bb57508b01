import { nearestName } from './nearest-name';

describe('nearestName', () => {
  it.each([
    ['irsi', 'iris'],
    ['Iris', 'iris'],
    ['chrun', 'churn'],
    ['price', undefined],
    ['x'.repeat(65), undefined],
  ])('of %s is %s', (name, nearest) => expect(nearestName(name, ['iris', 'churn'])).toBe(nearest));

  it('counts insertions, deletions and substitutions', () => {
    // kitten → sitting is 3, the example of Wagner and Fischer's distance; allowed are 7 / 3, so it is too far.
    expect(nearestName('sitting', ['kitten'])).toBeUndefined();
    expect(nearestName('sittings', ['sitting', 'fitting'])).toBe('sitting');
  });
});
