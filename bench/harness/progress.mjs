const WIDTH = 24;

/** Tells how far a run is: a bar on a terminal, elsewhere a line for each stage. */
export class Progress {
  #total;
  #done = 0;
  #stage;
  #stream = process.stderr;

  constructor(total) {
    this.#total = total;
  }

  /** A step of `stage` begins; steps count, so that the bar moves evenly. */
  step(stage, detail = '') {
    const share = Math.min(1, this.#done++ / this.#total);
    if (this.#stream.isTTY) {
      const full = Math.round(share * WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      const percent = `${Math.round(share * 100)} %`.padStart(5);
      this.#stream.write(`\r\u001b[2K${bar}${percent}  ${stage}  ${detail}`);
    } else if (stage !== this.#stage) {
      this.#stream.write(`${stage}\n`);
    }
    this.#stage = stage;
  }

  note(text) {
    this.#clear();
    this.#stream.write(`${text}\n`);
  }

  end() {
    this.#clear();
  }

  #clear() {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[2K');
  }
}
