import * as v from 'valibot';
import { textOf, type Environment } from './environment.js';
import type { Package } from '../domain/orders/package.js';
import type { ModelDescriptions } from './models-file.js';
import { readModels, type ModelSettings } from './models.js';
import type { OpenIdOptions } from '../adapters/oidc/openid-provider.js';
import { readProviders } from './providers-file.js';
import { readPackages } from './packages-file.js';
import { fileVariable, withSecretFiles } from './secret-files.js';
import type { Setting } from './setting.js';
import { creditSettings } from './settings/credits.js';
import { databaseSettings, passwordProblems, urlWithPassword } from './settings/database.js';
import { mailProblems, mailSettings } from './settings/mail.js';
import { modelSettings } from './settings/models.js';
import { paymentProblems, paymentSettings } from './settings/payments.js';
import { observabilitySettings } from './settings/observability.js';
import { providerSettings } from './settings/providers.js';
import { rateLimitSettings } from './settings/rate-limits.js';
import { serverSettings, workerProblems } from './settings/server.js';
import { signInSettings, twoFactorProblems } from './settings/sign-in.js';
import { webhookSettings } from './settings/webhooks.js';

/** Every setting, by subject, in the order of `.env.example`. */
const groups = {
  Server: serverSettings,
  Database: databaseSettings,
  Models: modelSettings,
  Credits: creditSettings,
  Payments: paymentSettings,
  Webhooks: webhookSettings,
  Mail: mailSettings,
  'Sign-in': signInSettings,
  'Sign-in by providers': providerSettings,
  'Rate limits': rateLimitSettings,
  Observability: observabilitySettings,
};

const definitions = {
  ...serverSettings,
  ...databaseSettings,
  ...modelSettings,
  ...creditSettings,
  ...paymentSettings,
  ...webhookSettings,
  ...mailSettings,
  ...signInSettings,
  ...providerSettings,
  ...rateLimitSettings,
  ...observabilitySettings,
};

type Definitions = typeof definitions;

/** The value of each setting: durations in milliseconds, absent ones null. */
type SettingValues = { [Name in keyof Definitions]: ReturnType<Definitions[Name]['read']> };

/** The settings, and the models, packages and providers of identities that they describe. */
export type Settings = SettingValues & {
  models: ModelDescriptions;
  packages: readonly Package[];
  providers: readonly OpenIdOptions[];
};

export type ReadSettings =
  | { outcome: 'valid'; settings: Settings }
  | { outcome: 'invalid'; problems: string[] };

/**
 * Reads and validates the settings. An empty value counts as absent. A secret may be in the file that `NAME_FILE` names.
 *
 * @param variables The variables of the environment and of `.env`; unknown ones are ignored.
 * @returns The settings, or all problems at once.
 */
export function readSettings(variables: Environment): ReadSettings {
  const secretNames = Object.entries(definitions).flatMap(([name, { isSecret }]) => (isSecret ? [name] : []));
  const { environment, problems: secretProblems } = withSecretFiles(variables, secretNames);
  const isSet = (name: string) => secretProblems.has(name) || textOf(environment, name) !== '';
  const problems = [...secretProblems.values()];
  const values = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => {
      const read = readSetting(name, definition, environment);
      problems.push(...read.problems);
      return [name, read.value];
    }),
  ) as SettingValues;
  problems.push(
    ...mailProblems(isSet),
    ...passwordProblems(values, isSet),
    ...paymentProblems(values, isSet),
    ...workerProblems(values),
    ...twoFactorProblems(values, isSet),
  );
  const { models, problems: modelProblems } = readModels(values satisfies ModelSettings, environment, isSet);
  const { packages, problems: packageProblems } = readPackages(values.PACKAGES_FILE);
  const { providers, problems: providerProblems } = readProviders(values, environment, isSet);
  if (models === null || packages === null || providers === null || problems.length > 0)
    return {
      outcome: 'invalid',
      problems: [...problems, ...modelProblems, ...packageProblems, ...providerProblems],
    };
  const settings = { ...values, DATABASE_URL: urlWithPassword(values), models, packages, providers };
  return { outcome: 'valid', settings };
}

function readSetting(
  name: string,
  { read, oldName, isSecret }: Setting<unknown>,
  environment: Environment,
): { value: unknown; problems: string[] } {
  const text = textOf(environment, name);
  const oldText = oldName === null ? '' : textOf(environment, oldName);
  const problems: string[] = [];
  if (text !== '' && oldText !== '' && text !== oldText) {
    problems.push(`${oldName ?? ''} is the old name of ${name}, and both are set; remove ${oldName ?? ''}`);
  }
  try {
    // The space around a secret from a file is part of it.
    return { value: read(isSecret ? (environment[name] ?? '') : text || oldText), problems };
  } catch (error) {
    if (!v.isValiError(error)) throw error;
    problems.push(`${text === '' ? (oldName ?? name) : name} ${error.issues[0].message}`);
    // The default, so that the checks of several settings together still run.
    return { value: read(''), problems };
  }
}

/** Returns every setting with its default and help, as a commented `.env` file. */
export function describeSettings(): string {
  return Object.entries(groups)
    .map(([subject, settings]) => [`### ${subject}`, ...Object.entries(settings).map(describe)].join('\n'))
    .join('\n\n');
}

function describe([name, { defaultText, help, isSecret }]: [string, Setting<unknown>]): string {
  const lines = [`# ${help}`, `${defaultText === null ? '# ' : ''}${name}=${defaultText ?? ''}`];
  if (isSecret) lines.push(`# A file that contains ${name}; set one of the two.`, `# ${fileVariable(name)}=`);
  return lines.join('\n');
}
