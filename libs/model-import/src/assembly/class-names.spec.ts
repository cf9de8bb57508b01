import { renameClasses } from './class-names';

describe('renameClasses', () => {
  it('keeps the classes of the file', () => {
    expect(renameClasses([0, 1], undefined)).toEqual([0, 1]);
    expect(renameClasses(['no', 'yes'], ['no', 'yes'])).toEqual(['no', 'yes']);
  });

  it('names numbers and booleans, in the order of the file', () => {
    expect(renameClasses([-1, 1], ['bad', 'good'])).toEqual(['bad', 'good']);
    expect(renameClasses([false, true], ['no', 'yes'])).toEqual(['no', 'yes']);
  });

  it.each([
    [[0, 1, 2], ['a', 'b'], /3 classes \(0, 1, 2\), not 2/],
    [[0, 1], ['a', 'a'], /not 2 different/],
    [['no', 'yes'], ['yes', 'no'], /names its classes itself: no, yes/],
  ])('refuses other names for %j', (classes, names, reason) => {
    expect(() => renameClasses(classes, names)).toThrow(reason);
  });
});
