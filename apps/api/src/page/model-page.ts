import { html, Html } from './html';
import { pageAsset } from './page-assets';
import type { PageModel } from './page-model';
import { factsPart } from './parts/facts.part';
import { formPart } from './parts/form.part';
import { qualityPart } from './parts/quality.part';
import { snippetsPart } from './parts/snippets.part';

/** A comment that no text on the page can be: `<` is escaped in all of them. */
const LATELY = new Html('<!--lately-->');

/** The page of a model: what stands before and what stands after that which happened lately. */
export function modelPage(page: PageModel): readonly [before: string, after: string] {
  const { model, root, models } = page;
  const { name, version, task, artifact } = model;
  const others = [...models.keys()].filter((each) => each !== name);
  const asset = (file: 'page.css' | 'page.js'): string =>
    `${root}page-assets/${file}?${pageAsset(file).revision}`;
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${name} ${version}: InferServe</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${asset('page.css')}" />
        <script type="module" src="${asset('page.js')}"></script>
      </head>
      <body>
        <header>
          <div>
            <p class="eyebrow">InferServe · ${task}</p>
            <h1>${name} <small>version ${version}</small></h1>
            ${artifact.description !== undefined && html`<p>${artifact.description}</p>`}
          </div>
          <nav aria-label="Pages">
            ${others.map((other) => link(`${root}models/${encodeURIComponent(other)}/page`, other))}
            ${link(`${root}docs`, 'API documentation')}
          </nav>
        </header>
        <main>
          ${formPart(page)} ${qualityPart(page)} ${snippetsPart(page)} ${LATELY} ${factsPart(page)}
        </main>
      </body>
    </html> `;
  const [before = '', after = ''] = text.split(LATELY.text);
  return [before, after];
}

function link(address: string, text: string): Html {
  return html`<a href="${address}">${text}</a> `;
}
