/** Options of Node that have it run `code`, a module, before the program. */
const preload = (code: string): readonly string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(code)}`,
];

/** Has the second worker, and those that replace others, take two seconds longer to start. */
export const SLOW_START = preload(`
  import cluster from 'node:cluster';
  if (cluster.worker?.id > 1) await new Promise((end) => setTimeout(end, 2000));
`);

/** Has a process, or a worker that replaces another of two, say that it read a model, and go on two seconds later. */
export const SLOW_READING = preload(`
  import cluster from 'node:cluster';
  import files from 'node:fs/promises';
  const { readFile } = files;
  files.readFile = async (...args) => {
    const text = await readFile(...args);
    if (String(args[0]).endsWith('model.json') && !(cluster.worker?.id <= 2)) {
      console.log('a model was read');
      await new Promise((end) => setTimeout(end, 2000));
    }
    return text;
  };
`);

/** Has the program run as the one worker of a primary that knows nothing of it, as under PM2's cluster mode. */
export const FOREIGN_PRIMARY = preload(`
  import cluster from 'node:cluster';
  if (cluster.isPrimary) {
    cluster.setupPrimary({ exec: 'dist/server.js' });
    cluster.fork().on('exit', (code) => process.exit(code ?? 1));
    await new Promise(() => undefined);
  }
`);
