import { existsSync } from 'node:fs';
import { ADDRESS_REMEDY, isAddress } from '@inferserve/model-store';
import { CommandError } from '../command.error';

/** @throws CommandError for the address of something on another machine */
export function checkIsPath(text: string): void {
  if (!isAddress(text) || existsSync(text)) return;
  throw new CommandError(
    `${withoutSecrets(text)} is an address, which cannot be read here: ${ADDRESS_REMEDY}. ` +
      'The model file of "inferserve import" alone may be https://… with --sha256, or models:/NAME/VERSION.',
    2,
  );
}

/** The scheme and the path: a login or a signature may stand beside them. */
function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '');
}
