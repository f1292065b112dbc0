import type { Terminal } from '../terminal.js';

/** Says what is being done on one line of a terminal, and takes it back at the end. Anywhere else it says nothing. */
export class Progress {
  #isShown = false;

  constructor(
    private readonly terminal: Pick<Terminal, 'isErrorTerminal' | 'writeError'>,
    private readonly isQuiet: boolean,
  ) {}

  say(text: string): void {
    if (this.isQuiet || !this.terminal.isErrorTerminal) return;
    this.terminal.writeError(`\r\u001B[K${text}`);
    this.#isShown = true;
  }

  end(): void {
    if (this.#isShown) this.terminal.writeError('\r\u001B[K');
    this.#isShown = false;
  }
}
