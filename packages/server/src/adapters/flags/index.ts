import { randomUUID } from 'node:crypto';
import { FlagdCore } from '@openfeature/flagd-core';
import { type EvaluationContext, OpenFeature, type Provider, StandardResolutionReasons } from '@openfeature/server-sdk';

/** Flags by their names, as flagd writes them. */
type Definitions = Readonly<Record<string, object>>;

export interface Flags {
  /** Takes these in the place of all before. Throws when one is broken; then all stays as it was. */
  define(flags: Definitions): void;
  /** False for a flag that nobody defined. */
  isOn(flag: string, about: EvaluationContext): Promise<boolean>;
}

/** Flags decided in this process, behind OpenFeature, so that any of its providers can take this one's place. */
export async function createFlags(): Promise<Flags> {
  let core = new FlagdCore();
  const refuse = () => {
    throw new Error('only on or off is asked here');
  };
  const provider: Provider = {
    metadata: { name: 'groupcast' },
    resolveBooleanEvaluation: async (flag, otherwise, context) =>
      core.resolveBooleanEvaluation(flag, otherwise, context),
    resolveStringEvaluation: refuse,
    resolveNumberEvaluation: refuse,
    resolveObjectEvaluation: refuse,
  };
  // One of its own for each server in this process, as tests have several.
  const domain = randomUUID();
  await OpenFeature.setProviderAndWait(domain, provider);
  const client = OpenFeature.getClient(domain);
  return {
    define(flags) {
      const next = new FlagdCore();
      next.setConfigurations(JSON.stringify({ flags }));
      // A targeting that it cannot work out is told only when it is asked.
      for (const flag of Object.keys(flags))
        if (next.resolveBooleanEvaluation(flag, false, {}).reason === StandardResolutionReasons.ERROR)
          throw new Error(`the definition of ${flag} is broken`);
      core = next;
    },
    isOn: (flag, about) => client.getBooleanValue(flag, false, about),
  };
}
