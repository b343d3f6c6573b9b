#!/usr/bin/env node
import { writeFileSync } from 'node:fs';
import { helpText, parseCommandLine, type Command } from './command/command-line.ts';
import { runRestartCommand } from './command/restart-command.ts';
import { ConformanceError } from './errors.ts';
import { htmlReport } from './report/html.ts';
import { jsonReport } from './report/json.ts';
import { junitXml } from './report/junit.ts';
import { resultLine, summary, topicOf } from './report/table.ts';
import { count, type Result } from './run/result.ts';
import { checksFor, runSuite } from './run/run-suite.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

try {
  process.exitCode = await main(parseCommandLine(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof ConformanceError)) throw error;
  process.stderr.write(`conformance: ${error.message}\n${error.advice}\n`);
  process.exitCode = EXIT_USAGE;
}

async function main(command: Command): Promise<number> {
  if (command.help) say(helpText());
  else if (command.list) list(command);
  else return run(command, command.url ?? '');
  return 0;
}

function list({ profile, only }: Command): void {
  for (const { name, fact, title, needs = [] } of selected(profile, only)) {
    say(`${name} [${fact}] ${title}${needs.length === 0 ? '' : ` (needs ${needs.join(', ')})`}`);
  }
}

async function run(command: Command, url: string): Promise<number> {
  const { profile, only, restartCommand } = command;
  selected(profile, only);
  const restart = restartCommand === undefined ? undefined : () => runRestartCommand(restartCommand);
  let topic = '';
  const results = await runSuite({
    ...command,
    url,
    restart,
    onResult: (result) => {
      if (topicOf(result.name) !== topic) say(`\n${(topic = topicOf(result.name))}`);
      say(resultLine(result));
    },
  });
  say(`\n${summary(results)}`);
  write(command, results, `${url}, profile ${profile}, ${new Date().toISOString()}`);
  return count(results).failed === 0 ? 0 : EXIT_FAILED;
}

function selected(...selection: Parameters<typeof checksFor>): ReturnType<typeof checksFor> {
  const checks = checksFor(...selection);
  if (checks.length === 0)
    throw new ConformanceError('USAGE', '--only: no check of this profile fits; see --list');
  return checks;
}

function write({ json, junit, html }: Command, results: readonly Result[], about: string): void {
  if (json !== undefined) writeFileSync(json, jsonReport(results));
  if (junit !== undefined) writeFileSync(junit, junitXml(results));
  if (html !== undefined) writeFileSync(html, htmlReport(results, about));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
