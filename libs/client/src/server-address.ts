/** Where a server is, or why a text is no such address. */
export type ServerAddress =
  { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly message: string };

/** Reads the address of a server. */
export function readServerAddress(text: string): ServerAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    return { ok: false, message: 'must be an http:// or https:// address' };
  if (url.username !== '' || url.password !== '')
    return { ok: false, message: 'must not hold a password: everybody on this machine sees it' };
  if (url.search !== '' || url.hash !== '')
    return { ok: false, message: 'must have nothing behind its path' };
  return { ok: true, url };
}

/** Whether nobody between here and there can read along: by TLS, or because there is no between. */
export function isPrivate({ protocol, hostname }: URL): boolean {
  return (
    protocol === 'https:' ||
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

/** Whether a text can be a bearer token (RFC 6750, section 2.1). */
export function isToken(text: string): boolean {
  return /^[\w.~+/=-]+$/.test(text);
}
