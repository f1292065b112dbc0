import 'reflect-metadata';
import { Args as NestArgs, type ArgsOptions } from '@nestjs/graphql';

/**
 * `@Args` of @nestjs/graphql, for code without emitted decorator metadata (docs/adr/0001): it reads the emitted parameter
 * types of the method even where the type is written out, and fails when there are none.
 */
export function Args(options: ArgsOptions): ParameterDecorator;
export function Args(name: string, options: ArgsOptions): ParameterDecorator;
export function Args(...args: [ArgsOptions] | [string, ArgsOptions]): ParameterDecorator {
  const decorate = args.length === 1 ? NestArgs(args[0]) : NestArgs(...args);
  return (target, method, index) => {
    if (method !== undefined && !Reflect.hasMetadata(PARAMETER_TYPES, target, method)) {
      Reflect.defineMetadata(PARAMETER_TYPES, [], target, method);
    }
    decorate(target, method, index);
  };
}

const PARAMETER_TYPES = 'design:paramtypes';
