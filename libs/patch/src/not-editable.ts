/** Why a text is not changed: `message` says it for people. Never leaves this library. */
export class NotEditable extends Error {
  override readonly name = 'NotEditable';
}
