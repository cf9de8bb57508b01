import { fileRemedy } from '@inferserve/model-store';
import { inferserve } from './inferserve';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads may stop early: inferserve inspect FILE | head
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(
    `inferserve: cannot write the output (${error.message}). ${fileRemedy(error)}.\n`,
  );
  process.exit(1);
});

void inferserve(process.argv.slice(2), process).then((code) => {
  process.exitCode = code;
  // What a failed start left open, such as a connection to Redis, must not keep the process.
  if (code !== 0) process.stdout.write('', () => process.exit());
});
