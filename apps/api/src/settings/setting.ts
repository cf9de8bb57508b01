/** What the documentation says about a variable, and how the container stack treats it. */
export interface SettingDescription {
  /** The heading that the variable stands under in the documentation. */
  readonly group: string;
  /** One plain sentence: what the variable does, with units. */
  readonly meaning: string;
  /** The value in .env.example where that is not the default. */
  readonly example?: string;
  /**
   * The value in docker-compose.yml: `absent` where the stack decides it by itself. Without this property
   * Compose passes on what .env says.
   */
  readonly compose?: string;
  /** Variables of platforms that count where this one is not set, the first that is set. */
  readonly alsoFrom?: readonly string[];
  /** A secret is never shown in a message. */
  readonly isSecret?: boolean;
}

/** One variable of the environment: its name, its form, its default and how its text becomes a value. */
export interface Setting<T> extends SettingDescription {
  readonly variable: string;
  /** What may be written: "a whole number from 1 to 65535". */
  readonly form: string;
  /** The text that stands for a variable that is not set; empty where there is no value. */
  readonly default: string;
  /**
   * The value of a text.
   * @throws SettingValueError for a text that is not in the form
   */
  readonly parse: (text: string) => T;
}
