/** The command line is wrong. `command` names whose help would say how it is right. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly command: string | null = null,
  ) {
    super(message);
  }
}

/** Something that the command line names cannot be used. */
export class InputError extends Error {}
