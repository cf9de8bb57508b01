import { flatSettings } from '../flat-settings';
import type { Setting } from '../setting';

/** The settings by their group, groups and settings in the order of the table. */
export function groupSettings(
  settings: readonly Setting<unknown>[] = flatSettings(),
): ReadonlyMap<string, readonly Setting<unknown>[]> {
  const groups = new Map<string, Setting<unknown>[]>();
  for (const setting of settings) {
    const group = groups.get(setting.group) ?? [];
    group.push(setting);
    groups.set(setting.group, group);
  }
  return groups;
}
