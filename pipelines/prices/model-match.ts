import { calcPrice, type MatchLogic } from '@pydantic/genai-prices';

/** What follows the part of a name that a list's rule knows, and makes it another model: a minor version, or a variant. */
const OTHER_VERSION = /^[-.]\d{1,2}(?!\d|-\d{2}(-|$)|-20\d{2}$)/;
const OTHER_VARIANT =
  /(^|[-_])(mini|nano|micro|lite|pro|max|fast|turbo|flash|image|audio|tts|live|realtime|transcribe|search|embedding|computer-use)(?=[-_:@]|$)/;

/**
 * The list's model that a delivered name stands for, by the rules of the list itself; undefined where it knows none.
 *
 * Some of its rules only look at how a name begins, and would take a newer model for an older one (`claude-sonnet-5-5` for
 * `claude-sonnet-5`), at a price that may be another. Names that go on with a version or a variant that the rule does not
 * tell of are therefore unknown.
 */
export function matchModel(provider: string, name: string): { id: string; provider: string } | undefined {
  if (name.trim() === '') return undefined;
  const found = calcPrice({}, name, { providerId: provider });
  if (!found || found.provider.id !== provider) return undefined;
  const rest = unknownRest(found.model.match, name.trim().toLowerCase());
  if (OTHER_VERSION.test(rest) || OTHER_VARIANT.test(rest)) return undefined;
  return { id: found.model.id, provider: owner(found.model, found.provider) };
}

type Found = NonNullable<ReturnType<typeof calcPrice>>;

/** Azure sells the models of others: a model that is not in the provider's own list is of the first list that it names. */
function owner(model: Found['model'], provider: Found['provider']): string {
  if (provider.models.includes(model)) return provider.id;
  for (const id of provider.fallback_model_providers ?? []) {
    if (calcPrice({}, model.id, { providerId: id })?.model === model) return id;
  }
  throw new TypeError(`the model ${model.id} is in no list of ${provider.id}`);
}

/** What of the name follows the longest text that a rule holds for; empty where a rule is about the whole name. */
function unknownRest(rule: MatchLogic, name: string): string {
  const rests = matchedRests(rule, name);
  return rests.sort((left, right) => left.length - right.length)[0] ?? '';
}

function matchedRests(rule: MatchLogic, name: string): string[] {
  if ('or' in rule) return rule.or.flatMap((inner) => matchedRests(inner, name));
  if ('and' in rule) return rule.and.flatMap((inner) => ('regex' in inner ? [] : matchedRests(inner, name)));
  if ('equals' in rule) return name === rule.equals.toLowerCase() ? [''] : [];
  if ('ends_with' in rule) return name.endsWith(rule.ends_with.toLowerCase()) ? [''] : [];
  if ('regex' in rule) return new RegExp(rule.regex).test(name) ? [''] : [];
  if ('starts_with' in rule) {
    return name.startsWith(rule.starts_with.toLowerCase()) ? [name.slice(rule.starts_with.length)] : [];
  }
  const at = name.indexOf(rule.contains.toLowerCase());
  return at < 0 ? [] : [name.slice(at + rule.contains.length)];
}
