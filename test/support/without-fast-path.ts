// oxlint-disable-next-line node/no-process-env -- what the second run of the e2e suite is about
process.env['FAST_PATH'] = 'off';
