import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Header } from '@nestjs/common';
import { caveatsPage } from './caveats-page.js';

/** Where the caveats are explained; a caveat's section is named by its code in lower case. */
export const CAVEATS_PATH = '/docs/caveats';

/** Documentation that answers refer to, open to everybody. */
@Controller()
export class DocsController {
  @Get(CAVEATS_PATH)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  async caveats(): Promise<string> {
    return caveatsPage(await readFile(findDocument('caveats.md'), 'utf8'));
  }
}

/** `docs/` beside or above this file: the same search finds it from the sources and from the build. */
function findDocument(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (folder !== dirname(folder)) {
    const candidate = join(folder, 'docs', name);
    if (existsSync(candidate)) return candidate;
    folder = dirname(folder);
  }
  throw new Error(`The file docs/${name} is missing from this installation.`);
}
