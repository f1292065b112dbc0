/** Whether an address or name is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return (
    /^(?:[\w-]+\.)*localhost$/i.test(host) || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
  );
}
