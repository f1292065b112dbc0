import { Global, Module } from '@nestjs/common';
import { NodeRegistry } from './node-registry.js';
import { NodeResolver } from './node.resolver.js';

/** Relay's object identification. */
@Global()
@Module({ providers: [NodeRegistry, NodeResolver], exports: [NodeRegistry] })
export class NodesModule {}
