/** An algorithm's own words for what its nodes send and leave undone, as rules of a journal. */
import type { Algorithm } from '../gossip/contract.ts';
import type { Rule } from '../kernel/model.ts';

export function rulesOf(algorithm: Algorithm): readonly Rule[] {
  const rules: Rule[] = [];
  algorithm.methods.forEach((method, m) => {
    rules.push(ruleOfMethod([algorithm], m));
    method.replies?.forEach((_, value) => rules.push(ruleOfMethod([algorithm], m, value)));
  });
  for (const [name, text] of Object.entries(algorithm.rules)) rules.push({ id: `${algorithm.id}/${name}`, source: algorithm.source, text });
  return rules;
}

/** @param method counted over the methods of all layers. @param reply absent: the call. */
export function ruleOfMethod(layers: readonly Algorithm[], method: number, reply?: number): Rule {
  const [algorithm, ...rest] = layers as readonly [Algorithm, ...Algorithm[]];
  const own = algorithm.methods[method];
  if (own === undefined) return ruleOfMethod(rest, method - algorithm.methods.length, reply);
  const { id, source } = algorithm;
  if (reply === undefined) return { id: `${id}/${own.name}`, source, text: own.why };
  return { id: `${id}/${own.name}/${reply}`, source, text: own.replies?.[reply]?.why ?? '' };
}
