/** What to do about an error of the file system, by its code; a sentence without its full stop. */
export function fileRemedy(cause: unknown): string {
  switch ((cause as NodeJS.ErrnoException).code) {
    case 'EACCES':
    case 'EPERM':
      return 'Choose another directory or fix its permissions';
    case 'EROFS':
      return 'The file system is read-only: choose another directory';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some disk space and try again; nothing was changed';
    case 'ENOTDIR':
    case 'EEXIST':
      return 'A part of this path is a file: choose another directory';
    case 'ENOENT':
      return 'Check the path';
    default:
      return 'Check the path and its permissions';
  }
}
