import type { Artifact } from './artifact';
import { ArtifactError } from './artifact.error';
import { Classifier } from './classifier';

const CURE =
  'This server does not compute what the maker of the artifact did: do not serve it. Train or import the model again.';

/**
 * The classifier of a parsed artifact, after it has reproduced every verification case: the same label,
 * and probabilities within the stated tolerance.
 * @throws ArtifactError that names the first case which it does not reproduce
 */
export function compileArtifact(artifact: Artifact): Classifier {
  const classifier = new Classifier(artifact);
  const { tolerance, cases } = artifact.verification;
  for (const [index, { input, label, probabilities }] of cases.entries()) {
    const place = `verification.cases[${index}]`;
    const computedLabel = classifier.classes[classifier.classify(input)];
    if (computedLabel !== label) {
      throw new ArtifactError(
        place,
        `expects class "${label}" but scores as "${computedLabel}"`,
        CURE,
      );
    }
    if (!probabilities) continue;
    const computed = classifier.probabilities(input);
    if (!computed) throw new ArtifactError(place, 'has probabilities but the model has none', CURE);
    const difference = Math.max(...probabilities.map((p, k) => Math.abs(p - computed[k]!)));
    if (!(difference <= tolerance)) {
      throw new ArtifactError(
        place,
        `has probabilities that differ by ${difference.toExponential(1)}, more than ${tolerance}`,
        CURE,
      );
    }
  }
  return classifier;
}
