/** Shares of the samples by the function that ran, told as packages, as files and as functions. */
export function selfTime(samples, app) {
  const innermost = samples.map(([frame]) => frame);
  const by = (keyOf) => shares(innermost.map((frame) => [keyOf(frame, app)]));
  return [
    ['Self time by package or room', by(roomOf)],
    ['Self time by file', by(fileOf)],
    ['Self time by function', by(functionOf)],
  ];
}

/** Shares of the samples in which a function is anywhere on the stack. */
export function timeOfAll(samples, app) {
  const stacks = new Map();
  return shares(
    samples.map((stack) => {
      const names = stacks.get(stack) ?? [...new Set(stack.map((each) => functionOf(each, app)))];
      stacks.set(stack, names);
      return names.filter((name) => name !== '(root)');
    }),
  );
}

function shares(keysOfSamples) {
  const counts = new Map();
  for (const key of keysOfSamples.flat()) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts]
    .map(([key, count]) => [key, count / keysOfSamples.length])
    .sort(([, a], [, b]) => b - a);
}

function functionOf(frame, app) {
  const name = frame.functionName || '(anonymous)';
  return frame.url === '' ? name : `${name}  ${fileOf(frame, app)}:${frame.lineNumber + 1}`;
}

/** A file by its path in its package, in the server's folder, or in Node; code without a file by its name. */
function fileOf({ url, functionName }, app) {
  if (url === '') return functionName.startsWith('(') ? functionName : `native ${functionName}`;
  const path = url.replace('file://', '');
  const inPackage = path.split('/node_modules/').at(-1);
  if (inPackage !== path) return inPackage;
  return path.startsWith(`${app}/`) ? path.slice(app.length + 1) : path;
}

/** A package, a room of the server, or a module of Node. */
function roomOf(frame, app) {
  const { url, functionName } = frame;
  if (url === '') return functionName.startsWith('(') ? functionName : 'native';
  if (url.startsWith('node:')) return url.replace('node:internal/', 'node:').split('/')[0];
  const parts = fileOf(frame, app).split('/');
  if (parts[0] === 'dist') return parts.slice(1, -1).join('/');
  return parts[0].startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
