import 'reflect-metadata';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';

/** Key of what TypeScript would emit with `emitDecoratorMetadata`, which is off (docs/adr/0001). */
const PARAMETER_TYPES = 'design:paramtypes';

/**
 * Lets `@Args({ type })` work without emitted types: it looks up the emitted list even where the type is written out, and
 * fails when there is none. Call between making and initialising an application.
 */
export function declareParameters(app: INestApplication): void {
  for (const { providers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of providers.values()) {
      if (typeof metatype === 'function') declareMethods(metatype.prototype as object | undefined);
    }
  }
}

function declareMethods(prototype: object | undefined): void {
  if (prototype === undefined) return;
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  for (const [name, { value }] of members) {
    if (typeof value !== 'function' || Reflect.hasMetadata(PARAMETER_TYPES, prototype, name))
      continue;
    Reflect.defineMetadata(PARAMETER_TYPES, [], prototype, name);
  }
}
