import { startServer } from './start-server';

startServer().catch((error: unknown) => {
  // Nest's own logger may still buffer its lines; what stops a start must be seen.
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`InferServe cannot start. ${text}\n`);
  process.exit(1);
});
