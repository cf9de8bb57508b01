/** What an artifact says that it is. */
export const FORMAT = 'inferserve-model';

/** What those of version 1 say. */
export const VERSION_1_FORMAT = 'linear-classifier';

/** The member `format` of an artifact of any version. */
export const ARTIFACT_FORMATS: readonly string[] = [FORMAT, VERSION_1_FORMAT];
