import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The files of Swagger UI that lie beside the bundle; `undefined` where they come from node_modules. */
export function swaggerUiFolder(directory = __dirname): string | undefined {
  const folder = join(directory, 'assets/swagger-ui');
  return existsSync(folder) ? folder : undefined;
}
