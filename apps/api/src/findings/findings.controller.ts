import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { invariant } from '@portolan/model';
import type { FindingsFormat } from '@portolan/report';
import type { Request, Response } from 'express';
import { ClustersService } from '../clusters/clusters.service.js';
import { IndexCache } from '../indexes/index-cache.js';
import { findAddressed } from '../snapshots/find-addressed.js';
import { SnapshotsService } from '../snapshots/snapshots.service.js';
import { FindingsService } from './findings.service.js';
import { readFindingsQuery } from './read-findings-query.js';

/** Media types of reports, the usual one first. */
const FORMAT_OF = {
  'application/json': 'json',
  'text/markdown': 'md',
  'application/sarif+json': 'sarif',
  'application/xml': 'junit',
  'text/plain': 'text',
} as const satisfies Readonly<Record<string, FindingsFormat>>;

const MEDIA_TYPE = {
  json: 'application/json',
  md: 'text/markdown',
  sarif: 'application/sarif+json',
  junit: 'application/xml',
  text: 'text/plain',
  gitlab: 'application/json',
} as const satisfies Readonly<Record<FindingsFormat, string>>;

/** Findings for programs: what `portolan check` writes, of a stored snapshot. */
@Controller('v1/snapshots')
export class FindingsController {
  constructor(
    @Inject(SnapshotsService) private readonly snapshots: SnapshotsService,
    @Inject(ClustersService) private readonly clusters: ClustersService,
    @Inject(IndexCache) private readonly indexes: IndexCache,
    @Inject(FindingsService) private readonly findings: FindingsService,
  ) {}

  @Get(':id/findings')
  async report(
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { searchParams } = new URL(request.originalUrl, 'http://localhost');
    const wanted = readFindingsQuery(searchParams, acceptedFormat(request));
    const row = await findAddressed(this.snapshots, id);
    const cluster = await this.clusters.findById(row.clusterId);
    invariant(cluster !== null, 'a snapshot belongs to a cluster');
    const snapshot = await this.indexes.get(row);
    const { bytes, hash, verdict, caveats } = await this.findings.document(
      snapshot,
      cluster.slug,
      wanted,
    );
    const isHeld = verdict === 'PASSED';
    response
      .status(200)
      .vary('Accept')
      .set({
        'Content-Type': `${MEDIA_TYPE[wanted.format]}; charset=utf-8`,
        // What is found changes with the profile of the cluster and with the day: ask again each time.
        'Cache-Control': 'private, no-cache',
        ETag: `"${hash}"`,
        'Portolan-Conclusion': isHeld ? 'SUCCESS' : 'FAILURE',
        'Portolan-Exit-Code': isHeld ? '0' : '1',
      });
    if (caveats.length > 0)
      response.set('Portolan-Caveats', caveats.map(({ code }) => code).join(', '));
    // Answers 304 where the caller has these bytes.
    response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
}

/** JSON for who takes none of them: a verdict is worth more than its form. */
function acceptedFormat(request: Request): FindingsFormat {
  const accepted = request.accepts(Object.keys(FORMAT_OF));
  return accepted === false ? 'json' : FORMAT_OF[accepted as keyof typeof FORMAT_OF];
}
