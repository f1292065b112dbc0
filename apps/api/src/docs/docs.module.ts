import { Module } from '@nestjs/common';
import { DocsController } from './docs.controller.js';

/** Documentation that answers refer to. */
@Module({ controllers: [DocsController] })
export class DocsModule {}
