import { type Command, Option } from 'commander';

/** Where MLflow's tracking server is, and who asks; the variables are MLflow's own. */
export interface TrackingOptions {
  readonly trackingUri?: string;
  readonly trackingToken?: string;
  readonly trackingUsername?: string;
  readonly trackingPassword?: string;
}

/** Adds the options of `TrackingOptions`; secrets are meant to come from variables. */
export function addTrackingOptions(command: Command): Command {
  const secret = (flags: string, variable: string): Option =>
    new Option(flags, `as ${variable}`).env(variable).hideHelp();
  return command
    .addOption(
      new Option(
        '--tracking-uri <url>',
        'MLflow server for models:/… (login: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD)',
      ).env('MLFLOW_TRACKING_URI'),
    )
    .addOption(secret('--tracking-token <token>', 'MLFLOW_TRACKING_TOKEN'))
    .addOption(secret('--tracking-username <name>', 'MLFLOW_TRACKING_USERNAME'))
    .addOption(secret('--tracking-password <password>', 'MLFLOW_TRACKING_PASSWORD'));
}
