/** The action cannot do what it is told. The message is for people. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
}
