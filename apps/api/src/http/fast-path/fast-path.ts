/** Token of the switch between the measured shortcuts (`true`) and the plain way through Nest and Express. */
export const FAST_PATH = Symbol('FAST_PATH');
