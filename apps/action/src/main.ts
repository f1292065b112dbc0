import { ActionError } from './action-error.js';
import { readEnvironment } from './config/read-environment.js';
import { writeOutputs } from './publish/outputs.js';
import { workflowCommand } from './publish/workflow-command.js';
import { runAction } from './run-action.js';

process.exitCode = await main();

async function main(): Promise<number> {
  const environment = readEnvironment();
  const log = (text: string): void => void process.stdout.write(text);
  try {
    const conclusion = await runAction(environment, log);
    return conclusion === 'failure' || conclusion === 'error' ? 1 : 0;
  } catch (error) {
    const isOurs = !(error instanceof ActionError);
    const said = error instanceof Error ? (isOurs ? error.stack : error.message) : String(error);
    log(workflowCommand('error', `${isOurs ? 'a bug: ' : ''}${said ?? ''}`));
    await writeOutputs(environment.outputFile, { conclusion: 'error' });
    return 1;
  }
}
