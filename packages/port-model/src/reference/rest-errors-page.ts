import { OPERATION_ERRORS, REST_ERRORS, type RestErrorCode } from '../errors.ts';
import { ROUTES } from '../routes.ts';

/** The page that lists every error of the REST API, in Markdown. */
export function restErrorsPage(): string {
  const codes = Object.keys(REST_ERRORS) as RestErrorCode[];
  return `# Errors of the agent's REST API

Profile \`blueprint\`. Every answer that is not a success is a JSON object: \`error\` is a text for people that starts as
below; \`details\`, where present, names each bad field with what was \`expected\` and what was \`got\`. In an array, \`index\`
names the element. Codes are the names that the source and these pages use; they are not on the wire.

| code | status | text | what to do |
| --- | --- | --- | --- |
${codes.map(errorRow).join('\n')}

## By operation

| operation | request | may answer |
| --- | --- | --- |
${ROUTES.map(operationRow).join('\n')}

A path or method that is not listed is answered with \`UNKNOWN_ROUTE\`.
`;
}

function errorRow(code: RestErrorCode): string {
  const { status, text, advice } = REST_ERRORS[code];
  return `| \`${code}\` | ${status} | ${text} | ${advice} |`;
}

function operationRow({ operation, method, path }: (typeof ROUTES)[number]): string {
  const codes = OPERATION_ERRORS[operation].map((code) => `\`${code}\``).join(', ');
  return `| ${operation} | \`${method} ${path}\` | ${codes} |`;
}
