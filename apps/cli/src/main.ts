#!/usr/bin/env node
import { readEnvironment } from './config/read-environment.js';
import { runCommandLine } from './run-command-line.js';
import { processTerminal } from './terminal.js';

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal(readEnvironment()));
