/**
 * Counts the votes of pairs of classes (0,1), (0,2) … and sums their confidences, as scikit-learn's
 * `_ovr_decision_function` does.
 */
export class PairVotes {
  private readonly votes: Float64Array;
  private readonly confidences: Float64Array;
  private first = 0;
  private second = 1;

  constructor(private readonly classCount: number) {
    this.votes = new Float64Array(classCount);
    this.confidences = new Float64Array(classCount);
  }

  clear(): void {
    this.votes.fill(0);
    this.confidences.fill(0);
    this.first = 0;
    this.second = 1;
  }

  /** The vote of the next pair; `confidence` is positive for its second class. */
  add(isSecond: boolean, confidence: number): void {
    const { votes, confidences, first, second } = this;
    const voted = isSecond ? second : first;
    votes[voted] = votes[voted]! + 1;
    confidences[first] = confidences[first]! - confidence;
    confidences[second] = confidences[second]! + confidence;
    if (second + 1 < this.classCount) this.second++;
    else {
      this.first++;
      this.second = this.first + 1;
    }
  }

  /** The first of the classes with the most votes. */
  most(): number {
    return this.votes.indexOf(Math.max(...this.votes));
  }

  /** The first of the classes with the highest confidence. */
  mostConfident(): number {
    let best = 0;
    for (let k = 1; k < this.classCount; k++) {
      if (this.confidence(k) > this.confidence(best)) best = k;
    }
    return best;
  }

  /** Votes of a class, and its confidences squeezed into (-1/3, 1/3). */
  confidence(index: number): number {
    const sum = this.confidences[index]!;
    return this.votes[index]! + sum / (3 * (Math.abs(sum) + 1));
  }
}
