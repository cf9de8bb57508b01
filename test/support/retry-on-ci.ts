/**
 * Processes, servers and faults take the time that a machine gives them. On CI a test of these kinds that fails is
 * tried twice more, and each failure is printed; locally a failure is a failure at once.
 */
// oxlint-disable-next-line node/no-process-env -- what CI systems set
if (process.env['CI'] === 'true') jest.retryTimes(2, { logErrorsBeforeRetry: true });
