import { html, type Html } from '../html';
import type { PageModel } from '../page-model';

const LANGUAGES = ['curl', 'Python', 'JavaScript'] as const;

/** Calls with the row of the form, which the script of the page fills in. */
export function snippetsPart({ hasKeys }: PageModel): Html {
  const snippets = LANGUAGES.map(
    (language, i) =>
      html`<details name="snippet" ${i === 0 && html`open`}>
        <summary>${language}</summary>
        <div class="snippet">
          <button type="button" class="copy">Copy</button>
          <pre aria-label="${language}"><code data-language="${language}"></code></pre>
        </div>
      </details>`,
  );
  return html`<section aria-labelledby="call">
    <h2 id="call">Call it</h2>
    ${hasKeys && html`<p class="hint">The key is read from the variable API_KEY.</p>`} ${snippets}
  </section>`;
}
