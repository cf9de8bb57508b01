import { fileRemedy } from './file-remedy';

describe('fileRemedy', () => {
  it.each([
    ['EACCES', 'permissions'],
    ['EPERM', 'permissions'],
    ['EROFS', 'read-only'],
    ['ENOSPC', 'disk space'],
    ['EDQUOT', 'disk space'],
    ['ENOTDIR', 'is a file'],
    ['EEXIST', 'is a file'],
    ['ENOENT', 'Check the path'],
    ['EIO', 'Check the path and its permissions'],
  ])('of %s speaks of %s', (code, word) => {
    expect(fileRemedy(Object.assign(new Error(code), { code }))).toContain(word);
  });
});
