// oxlint-disable-next-line node/no-process-env -- the two runs of the e2e suite differ in this alone
const { FAST_PATH } = process.env;

/** The variable that decides whether this run of the e2e suite takes the fast path. */
export const PATH_OF_THIS_RUN: Readonly<Record<string, string>> =
  FAST_PATH === undefined ? {} : { FAST_PATH };
