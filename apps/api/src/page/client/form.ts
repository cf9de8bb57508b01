export type Value = string | number | boolean | null;

/** One column of the form. */
interface Field {
  readonly column: string;
  readonly kind: string;
  readonly control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  readonly fault: HTMLElement;
}

/** The fields of the form, and what they hold. */
export class ModelForm {
  private readonly fields: readonly Field[];

  constructor(private readonly form: HTMLFormElement) {
    this.fields = [...form.querySelectorAll<HTMLElement>('.field[data-column]')].map((element) => ({
      column: element.dataset['column']!,
      kind: element.dataset['kind']!,
      control: element.querySelector('[id^="column-"][aria-describedby]')!,
      fault: element.querySelector('.fault')!,
    }));
    for (const { control } of this.fields) bindSlider(control);
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

  get key(): string {
    return this.form.querySelector<HTMLInputElement>('#key')?.value ?? '';
  }
}

function valueOf({ kind, control }: Field): Value {
  const { value } = control;
  if (control instanceof HTMLSelectElement) return JSON.parse(value) as Value;
  if (kind === 'number') return value === '' ? null : Number(value);
  return kind === 'text' || value !== '' ? value : null;
}

/** A slider and the number beside it show the same. */
function bindSlider(control: Field['control']): void {
  const slider = control.parentElement!.querySelector<HTMLInputElement>('input[type="range"]');
  if (!slider) return;
  slider.addEventListener('input', () => (control.value = slider.value));
  control.addEventListener('input', () => (slider.value = control.value));
}
