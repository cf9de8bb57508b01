import type { ModelCommand } from './model-command';

/** What operators loaded and unloaded so far: carried out in order, it brings a new process to where the others are. */
export class CommandHistory {
  private commands: readonly ModelCommand[] = [];

  list(): readonly ModelCommand[] {
    return this.commands;
  }

  /** Takes a command that was carried out; what it makes void is forgotten. */
  add(command: ModelCommand): void {
    if (command.do !== 'load' && command.do !== 'unload') return;
    const isVoid = (other: ModelCommand): boolean =>
      'name' in other &&
      other.name === command.name &&
      (command.do === 'unload' || (other.do === 'load' && other.version === command.version));
    this.commands = [...this.commands.filter((other) => !isVoid(other)), command];
  }
}
