/** Where to listen, and the variables that say so. */
export interface PortAddress {
  readonly port: number;
  readonly host: string;
  readonly variables: readonly [port: string, host: string];
}

const REMEDIES: ReadonlyMap<string | undefined, (address: PortAddress) => string> = new Map([
  [
    'EADDRINUSE',
    ({ port, variables: [variable] }) =>
      `Port ${port} is in use. Set ${variable} to another one, or stop what uses it`,
  ],
  [
    'EACCES',
    ({ port, variables: [variable] }) =>
      `Port ${port} needs privileges. Set ${variable} to 1024 or above`,
  ],
  [
    'EADDRNOTAVAIL',
    ({ host, variables: [, variable] }) =>
      `${host} is no address of this machine. Set ${variable} to one that is`,
  ],
  [
    'ENOTFOUND',
    ({ host, variables: [, variable] }) =>
      `${host} does not resolve. Set ${variable} to an address of this machine`,
  ],
]);

/**
 * Opens a port.
 * @throws Error that says which variable to change
 */
export async function openPort(address: PortAddress, open: () => Promise<unknown>): Promise<void> {
  try {
    await open();
  } catch (cause) {
    const remedy = REMEDIES.get((cause as NodeJS.ErrnoException).code);
    throw remedy ? new Error(remedy(address), { cause }) : cause;
  }
}
