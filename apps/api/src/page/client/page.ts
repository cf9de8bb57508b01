import { type Answer, showAnswer } from './answer';
import { ModelForm } from './form';
import { snippets } from './snippets';

/** Changes ask at once only while more requests than these are left, so that the last ones are the person's. */
const RESERVE = 3;
const PAUSE_MS = 350;

type Body = Answer & { readonly detail?: unknown };

const form = document.querySelector<HTMLFormElement>('form[data-url]')!;
const fields = new ModelForm(form);
const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')!;
const place = document.querySelector<HTMLElement>('.answer')!;
const status = place.querySelector<HTMLElement>('.status')!;
const key = form.querySelector<HTMLInputElement>('#key');
let remaining = Number.POSITIVE_INFINITY;
/** When requests leave the window of the limit. */
let roomAt = 0;
let waiting: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void predict();
});
form.addEventListener('input', (event) => {
  if ((event.target as HTMLElement).id === 'key') return;
  writeSnippets();
  // The end of the countdown asks with all changes.
  if (button.disabled) return;
  clearTimeout(waiting);
  const room = remaining > RESERVE ? 0 : Math.max(0, roomAt - Date.now());
  if (room > 0) {
    status.textContent = `Press Predict, or wait ${Math.ceil(room / 1000)} s: ${left()}.`;
  }
  waiting = setTimeout(() => void predict(), Math.max(PAUSE_MS, room));
});
for (const copy of document.querySelectorAll<HTMLButtonElement>('.copy')) {
  copy.addEventListener('click', () => void copyFrom(copy));
}
writeSnippets();
showAnswer(place, JSON.parse(place.dataset['answer']!) as Answer);

async function predict(): Promise<void> {
  clearTimeout(waiting);
  const turn = (asked += 1);
  place.ariaBusy = 'true';
  const response = await fetch(form.dataset['url']!, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(key?.value && { Authorization: `Bearer ${key.value}` }),
    },
    body: JSON.stringify(fields.row()),
  }).catch(() => undefined);
  const body: unknown = await response?.json().catch(() => ({}));
  // Only the newest answer is shown.
  if (turn !== asked) return;
  if (response) show(response, body as Body);
  else status.textContent = 'The server cannot be reached.';
  place.ariaBusy = 'false';
}

function show({ ok, status: code, headers }: Response, body: Body): void {
  remaining = Number(headers.get('X-RateLimit-Remaining') ?? Number.POSITIVE_INFINITY);
  roomAt = Date.now() + Number(headers.get('X-RateLimit-Reset') ?? 0) * 1000;
  if (ok) {
    fields.clearFaults();
    showAnswer(place, body);
    const version = headers.get('X-Model-Version') ?? '?';
    status.textContent = [`Answered by version ${version}`, left()].filter(Boolean).join('; ');
  } else if (code === 429) {
    countDown(Number(headers.get('Retry-After')) || 60);
  } else {
    showProblem(body.detail);
  }
}

function showProblem(detail: unknown): void {
  const others = Array.isArray(detail) ? fields.showFaults(detail) : [String(detail)];
  status.textContent =
    others.join(' ') || 'Some values are not what the model takes: see the marked fields.';
}

/** Says second by second when the next request may come, and then asks again. */
function countDown(seconds: number): void {
  button.disabled = seconds > 0;
  if (seconds <= 0) {
    status.ariaLive = null;
    void predict();
    return;
  }
  status.textContent = `The limit of requests is reached. Asking again in ${seconds} s.`;
  setTimeout(() => {
    // Read out once, not every second.
    status.ariaLive = 'off';
    countDown(seconds - 1);
  }, 1000);
}

function left(): string {
  if (!Number.isFinite(remaining)) return '';
  return `${remaining} ${remaining === 1 ? 'request' : 'requests'} left in this window`;
}

function writeSnippets(): void {
  const url = new URL(form.dataset['plainUrl']!, location.href).href;
  for (const [language, text] of Object.entries(snippets(url, fields.row(), key !== null))) {
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
