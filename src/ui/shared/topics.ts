import type { ScenarioEntry } from '../../protocol/catalogue.ts';

/** Scenarios under their headings, in the catalogue's order. */
export function byTopic(scenarios: readonly ScenarioEntry[]): readonly (readonly [topic: string, scenarios: readonly ScenarioEntry[]])[] {
  const topics = new Map<string, ScenarioEntry[]>();
  for (const scenario of scenarios) topics.set(scenario.topic, [...(topics.get(scenario.topic) ?? []), scenario]);
  return [...topics];
}
