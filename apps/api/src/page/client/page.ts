import { type Answer, showAnswer } from './answer';
import { ModelForm } from './form';
import { snippets } from './snippets';

/** Changes ask by themselves only while this many requests are left, so that the last ones are the person's. */
const RESERVE = 3;
const PAUSE_MS = 350;

const form = document.querySelector<HTMLFormElement>('form[data-url]')!;
const fields = new ModelForm(form);
const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')!;
const place = document.querySelector<HTMLElement>('.answer')!;
const status = place.querySelector<HTMLElement>('.status')!;
let remaining = Number.POSITIVE_INFINITY;
let waiting: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void predict();
});
form.addEventListener('input', (event) => {
  if ((event.target as HTMLElement).id === 'key') return;
  writeSnippets();
  clearTimeout(waiting);
  if (remaining <= RESERVE) {
    status.textContent = `Press Predict: ${left()}.`;
    return;
  }
  waiting = setTimeout(() => void predict(), PAUSE_MS);
});
for (const copy of document.querySelectorAll<HTMLButtonElement>('.copy')) {
  copy.addEventListener('click', () => void copyFrom(copy));
}
writeSnippets();

async function predict(): Promise<void> {
  clearTimeout(waiting);
  const turn = (asked += 1);
  const { key } = fields;
  const response = await fetch(form.dataset['url']!, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(key !== '' && { Authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(fields.row()),
  }).catch(() => undefined);
  // Only the newest answer is shown.
  if (turn !== asked) return;
  if (!response) {
    status.textContent = 'The server cannot be reached.';
    return;
  }
  remaining = Number(response.headers.get('X-RateLimit-Remaining') ?? Number.POSITIVE_INFINITY);
  const body = (await response.json().catch(() => ({}))) as Answer & { readonly detail?: unknown };
  if (response.ok) {
    fields.clearFaults();
    showAnswer(place, body);
    const version = response.headers.get('X-Model-Version');
    status.textContent = [`Answered by version ${version ?? '?'}`, left()]
      .filter(Boolean)
      .join('; ');
  } else if (response.status === 429) {
    countDown(Number(response.headers.get('Retry-After') ?? 60));
  } else {
    showProblem(body.detail);
  }
}

function showProblem(detail: unknown): void {
  const others = Array.isArray(detail) ? fields.showFaults(detail) : [String(detail)];
  status.textContent =
    others.join(' ') || 'Some values are not what the model takes: see the marked fields.';
}

/** Says when the next request may come, second by second. */
function countDown(seconds: number): void {
  button.disabled = seconds > 0;
  status.textContent =
    seconds > 0
      ? `The limit of requests is reached. Come back in ${seconds} s.`
      : 'There is room for requests again.';
  if (seconds > 0) setTimeout(() => countDown(seconds - 1), 1000);
  else remaining = 1;
}

function left(): string {
  if (!Number.isFinite(remaining)) return '';
  return `${remaining} ${remaining === 1 ? 'request' : 'requests'} left in this window`;
}

function writeSnippets(): void {
  const url = new URL(form.dataset['plainUrl']!, location.href).href;
  for (const [language, text] of Object.entries(snippets(url, fields.row()))) {
    document.querySelector(`code[data-language="${language}"]`)!.textContent = text;
  }
}

async function copyFrom(copy: HTMLButtonElement): Promise<void> {
  const text = copy.parentElement!.querySelector('code')!.textContent ?? '';
  const isCopied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  copy.textContent = isCopied ? 'Copied' : 'Select and copy';
  setTimeout(() => (copy.textContent = 'Copy'), 2000);
}
