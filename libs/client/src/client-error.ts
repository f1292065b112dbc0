/** A server cannot be used, or refuses what it was asked. The message is for people, and never holds a token. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
}
