export type Value = string | number | boolean | null;

/** One column of the form. */
interface Field {
  readonly column: string;
  readonly isNullable: boolean;
  readonly control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  readonly fault: HTMLElement;
}

/** The fields of the form, and what they hold. */
export class ModelForm {
  private readonly fields: readonly Field[];

  constructor(form: HTMLFormElement) {
    this.fields = [...form.querySelectorAll<HTMLElement>('.field[data-column]')].map((element) => ({
      column: element.dataset['column']!,
      isNullable: 'nullable' in element.dataset,
      control: element.querySelector('[aria-describedby]')!,
      fault: element.querySelector('.fault')!,
    }));
    for (const { control } of this.fields) {
      bindSlider(control);
      markBar(control);
      control.closest('.field')!.addEventListener('input', () => markBar(control));
    }
  }

  /** The row as a request sends it; what is left empty is missing. */
  row(): Readonly<Record<string, Value>> {
    return Object.fromEntries(this.fields.map((field) => [field.column, valueOf(field)]));
  }

  /** Shows each fault at its field; those of none are returned. */
  showFaults(
    faults: readonly { readonly loc: readonly unknown[]; readonly msg: string }[],
  ): string[] {
    this.clearFaults();
    return faults.flatMap(({ loc, msg }) => {
      const field = this.fields.find(({ column }) => column === loc[1]);
      if (!field) return [msg];
      field.control.setAttribute('aria-invalid', 'true');
      field.fault.textContent = msg;
      field.fault.hidden = false;
      return [];
    });
  }

  clearFaults(): void {
    for (const { control, fault } of this.fields) {
      control.removeAttribute('aria-invalid');
      fault.hidden = true;
    }
  }
}

function valueOf({ isNullable, control }: Field): Value {
  const { value, type } = control;
  if (control instanceof HTMLSelectElement) return JSON.parse(value) as Value;
  if (value === '' && (isNullable || type === 'number')) return null;
  return type === 'number' ? Number(value) : value;
}

/** A slider and the number beside it show the same. */
function bindSlider(control: Field['control']): void {
  const slider = control.parentElement!.querySelector<HTMLInputElement>('input[type="range"]');
  if (!slider) return;
  slider.addEventListener('input', () => (control.value = slider.value));
  control.addEventListener('input', () => {
    if (control.value !== '') slider.value = control.value;
  });
}

/** Marks the bar of the training rows in which the value lies. */
function markBar(control: Field['control']): void {
  const field = control.closest('.field')!;
  const [slider] = field.querySelectorAll<HTMLInputElement>('input[type="range"]');
  const steps = field.querySelectorAll('.histogram rect');
  const share = slider && (Number(control.value) - +slider.min) / (+slider.max - +slider.min);
  for (const [i, bar] of steps.entries()) {
    const isLast = i === steps.length - 1;
    const isHere = Math.floor(share! * steps.length) === i || (isLast && share === 1);
    bar.classList.toggle('here', control.value !== '' && isHere);
  }
  for (const bar of field.querySelectorAll<HTMLElement>('[data-value]')) {
    bar.classList.toggle('here', bar.dataset['value'] === control.value);
  }
}
