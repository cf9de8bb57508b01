/** The version of this program, as package.json has it: the image holds no package.json. */
export const SERVER_VERSION = '1.0.0';
