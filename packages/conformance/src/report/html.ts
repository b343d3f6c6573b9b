import { behaviour } from '../behaviours/behaviours.ts';
import { count, countText, type Result } from '../run/result.ts';
import { escaped } from './escape.ts';
import { topicOf } from './table.ts';

const STYLE = `
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
  body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
  h2 { margin-top: 2rem }
  details { border-left: 4px solid #8884; margin: .2rem 0; padding: .1rem .8rem }
  details.passed { border-color: #2a9d5c }
  details.failed { border-color: #d1383d; background: #d1383d18 }
  summary { cursor: pointer }
  code, pre { font: 13px/1.4 ui-monospace, monospace }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .4rem .6rem; margin: .2rem 0 }
  .problem { color: #d1383d; font-weight: 600 }
  .muted { opacity: .7 }
`;

/** One page with everything in it: no scripts, nothing from elsewhere. `about` says what was tested, and when. */
export function htmlReport(results: readonly Result[], about: string): string {
  const topics = [...new Set(results.map(({ name }) => topicOf(name)))];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Conformance: ${escaped(countText(count(results)))}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Conformance report</h1>
<p>${escaped(about)}</p>
<p><strong>${escaped(countText(count(results)))}</strong></p>
${topics
  .map((topic) =>
    section(
      topic,
      results.filter(({ name }) => topicOf(name) === topic),
    ),
  )
  .join('\n')}
</body>
</html>
`;
}

function section(topic: string, results: readonly Result[]): string {
  return `<h2>${escaped(topic)} <small class="muted">${escaped(countText(count(results)))}</small></h2>
${results.map(row).join('\n')}`;
}

function row({ name, fact, title, outcome, problem, leftOut, steps }: Result): string {
  const isOpen = outcome === 'failed' ? ' open' : '';
  const shown = [
    `<p class="muted">Behaviour ${escaped(fact)}: ${escaped(behaviour(fact))}</p>`,
    problem === null ? '' : `<p class="problem">${escaped(problem.message)}</p>`,
    leftOut === null ? '' : `<p>Left out: ${escaped(leftOut.reason)}</p>`,
    ...steps.map(
      (step) =>
        `<pre>${escaped(step.sent)}</pre><pre>${escaped(step.came)}</pre>` +
        step.expected.map((text) => `<p class="muted">expected ${escaped(text)}</p>`).join(''),
    ),
  ];
  return `<details class="${outcome.replace(' ', '-')}"${isOpen}><summary><code>${escaped(name)}</code> ${escaped(
    outcome,
  )}: ${escaped(title)}</summary>${shown.join('')}</details>`;
}
