/** A value that a setting cannot take. The message continues "must be <form>." and names the remedy; often it is empty. */
export class SettingValueError extends Error {
  override readonly name = 'SettingValueError';
}
