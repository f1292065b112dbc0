import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ExportService } from './export.service.js';
import { type ExportQuery, readExportQuery } from './read-export-query.js';
import { streamTo } from './stream-to.js';

/** Streams for programs: everything that is allowed in a snapshot. */
@Controller('v1/snapshots')
export class ExportController {
  constructor(@Inject(ExportService) private readonly exports: ExportService) {}

  @Get(':id/allowed-access')
  async allowedAccess(
    @Param('id') id: string,
    @Query() query: ExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    const wanted = readExportQuery(query);
    const left = new AbortController();
    response.on('close', () => left.abort());
    const document = await this.exports.allowedAccess(id, wanted, left.signal);
    await streamTo(response, document);
  }
}
