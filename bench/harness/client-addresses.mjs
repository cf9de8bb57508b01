/** Each octet has three digits, so that an address is written over another in place. */
const FIRST = 100;
const VALUES = 156;

/** Clients that come at the same time, and requests of each: within the limit of 10 a minute. */
export const CLIENTS_AT_ONCE = 1024;
export const REQUESTS_PER_CLIENT = 8;

const PREFIX = '10.';
export const ADDRESS_LENGTH = 14;

/** The address of the client that sends request number n; it comes again after 30 million requests. */
export function clientOfRequest(n) {
  const generation = Math.floor(n / (CLIENTS_AT_ONCE * REQUESTS_PER_CLIENT));
  return address(generation * CLIENTS_AT_ONCE + (n % CLIENTS_AT_ONCE));
}

function address(client) {
  const octet = (place) => FIRST + (Math.floor(client / VALUES ** place) % VALUES);
  return `${PREFIX}${octet(2)}.${octet(1)}.${octet(0)}`;
}
