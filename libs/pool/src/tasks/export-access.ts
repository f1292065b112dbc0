import { type Analysis, displayName, ENGINE_VERSION, exportAccess } from '@portolan/engine';
import { writeAllowedAccess } from '@portolan/report';
import type { ExportRequest } from '../messages.js';
import type { TaskPort } from '../threads/task-port.js';
import { encodeChunks } from './encode-chunks.js';

/** Writes all allowed access as a document, as fast as the reader takes it. */
export async function exportAccessTo(
  port: TaskPort,
  analysis: Analysis,
  { format, groupBy, isEnforced, about = {}, caveats = [] }: ExportRequest,
): Promise<null> {
  const rows = exportAccess(analysis, { groupBy, isEnforced });
  const head = { engineVersion: ENGINE_VERSION, groupBy, about, caveats, nameOf: displayName };
  for (const chunk of encodeChunks(writeAllowedAccess(rows, format, head))) await port.send(chunk);
  return null;
}
