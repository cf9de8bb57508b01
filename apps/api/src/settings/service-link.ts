/**
 * Whether Kubernetes or Docker set this variable by itself. For each Service `redis` of a namespace, every
 * container gets `REDIS_PORT=tcp://10.96.12.34:6379`, whatever the application means by that name.
 */
export function isServiceLink(variable: string, value: string): boolean {
  return variable.endsWith('_PORT') && /^(tcp|udp|sctp):\/\/\S+:\d{1,5}$/.test(value);
}
