import { inferserve } from './inferserve';

// Whoever reads may stop early: inferserve inspect FILE | head
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void inferserve(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
  // What a failed start left open, such as a connection to Redis, must not keep the process.
  if (code !== 0) process.stdout.write('', () => process.exit());
});
