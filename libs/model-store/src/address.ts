/** Where a path of this machine is needed, what to do instead of giving an address; a sentence without its full stop. */
export const ADDRESS_REMEDY =
  'copy the file or folder here first, for example with gcloud storage cp --recursive, aws s3 cp --recursive or curl, and give the path of the copy';

/** Whether a text is an address (`s3://…`, `models:/…`) rather than a path. One letter is a drive of Windows. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z\d+.-]+:\//i.test(text);
}
