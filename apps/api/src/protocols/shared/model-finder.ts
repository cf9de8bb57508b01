import { Injectable } from '@nestjs/common';
import { ModelRegistry, type ServedModel } from '@inferserve/inference';
import { nearestName } from '@inferserve/model';
import type { Request } from 'express';
import { ProblemException } from '../../http/errors/problem.exception';

/** Finds the model that a request names. */
@Injectable()
export class ModelFinder {
  constructor(private readonly registry: ModelRegistry) {}

  /**
   * A served model; without a version the newest one.
   * @throws ProblemException with the nearest name, or the newest version, where it is not served
   */
  find(name: string, version?: string): ServedModel {
    const model = this.registry.get(name, version);
    if (model) return model;
    const newest = this.registry.get(name);
    const nearest = newest
      ? newest.version
      : nearestName(name, [...new Set(this.registry.list().map((served) => served.name))]);
    throw new ProblemException({
      kind: 'unknown_model',
      ...(newest && { model: name }),
      ...(nearest !== undefined && { nearest }),
    });
  }

  /** The model that the parameters `name` and `version` of a route name, as `find`; the default one without a name. */
  ofPath({ name, version }: Request['params']): ServedModel {
    if (name === undefined) return this.registry.default;
    return this.find(String(name), version === undefined ? undefined : String(version));
  }

  /** The versions of a model that are served. */
  versionsOf(name: string): readonly string[] {
    return this.registry
      .list()
      .filter((model) => model.name === name)
      .map(({ version }) => version);
  }
}
