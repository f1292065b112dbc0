import { type Analysis, ENGINE_VERSION, exportAccess } from '@portolan/engine';
import type { ExportRequest } from '../messages.js';
import { encodeChunks } from '../export/encode-chunks.js';
import { writeDocument } from '../export/write-document.js';
import type { TaskPort } from '../threads/task-port.js';

/** Writes all allowed access as a document, as fast as the reader takes it. */
export async function exportAccessTo(
  port: TaskPort,
  analysis: Analysis,
  request: ExportRequest,
): Promise<null> {
  const rows = exportAccess(analysis, request);
  const texts = writeDocument(rows, request, { engineVersion: ENGINE_VERSION });
  for (const chunk of encodeChunks(texts)) await port.send(chunk);
  return null;
}
